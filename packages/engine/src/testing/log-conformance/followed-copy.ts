import type { EventLogStore, FollowedLog } from '../../log/event-log.js';

/** A followed stream and what it was told. Events hold their id as text, see `entries`. */
export class FollowedCopy {
  readonly ids: number[] = [];
  renewals = 0;
  private readonly waiting = new Set<() => void>();
  private followed: FollowedLog | undefined;

  static async of(store: EventLogStore, stream = 'events'): Promise<FollowedCopy> {
    const copy = new FollowedCopy();
    copy.followed = await store.follow?.(stream, {
      onAppend: (from, events) => copy.take(from, events),
      onRenew: () => {
        copy.renewals += 1;
        copy.wake();
      },
    });
    return copy;
  }

  get log(): FollowedLog {
    if (this.followed === undefined) throw new Error('the store cannot be followed');
    return this.followed;
  }

  /** Resolves when the head is `id` or beyond. */
  reaches(id: number): Promise<void> {
    return this.until(() => this.log.head >= id);
  }

  /** Resolves when `condition` holds; looked at with everything that is told. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }

  private take(from: number, events: readonly Uint8Array[]): void {
    for (const [index, event] of events.entries()) {
      const id = Number(Buffer.from(event).toString().slice('event '.length));
      if (id !== from + index) throw new Error(`event ${id} came as ${from + index}`);
      this.ids.push(id);
    }
    this.wake();
  }

  private wake(): void {
    for (const look of this.waiting) look();
  }
}
