import { createHash } from 'node:crypto';

/** The bytes of a durable stream's events as the first client got them: everybody must get the same. */
export class StoredEvents {
  private readonly digests: string[] = [];

  /** Number of events that somebody got. */
  get length(): number {
    return this.digests.length;
  }

  /** @returns whether it is the event that others got with this id, if any did. */
  isSame(id: number, event: string): boolean {
    const digest = createHash('md5').update(event).digest('base64');
    return (this.digests[id] ??= digest) === digest;
  }
}
