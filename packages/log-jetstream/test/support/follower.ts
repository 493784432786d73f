import type { EventLogStore, FollowedLog } from '@sluice/engine';

/** Follows a stream and keeps the texts of what it is told. Texts are checked against ids: see `event`. */
export class Follower {
  readonly texts: string[] = [];
  renewals = 0;
  private readonly waiting = new Set<() => void>();
  private followed: FollowedLog | undefined;

  static async of(store: EventLogStore, stream = 'events'): Promise<Follower> {
    const follower = new Follower();
    follower.followed = await store.follow?.(stream, {
      onAppend: (_, events) => follower.take(events),
      onRenew: () => {
        follower.renewals += 1;
        follower.take([]);
      },
    });
    return follower;
  }

  get log(): FollowedLog {
    if (this.followed === undefined) throw new Error('the store cannot be followed');
    return this.followed;
  }

  /** Resolves when `condition` holds; looked at whenever something is told. */
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

  /** Resolves when the head is `id` or beyond. */
  reaches(id: number): Promise<void> {
    return this.until(() => this.log.head >= id);
  }

  private take(events: readonly Uint8Array[]): void {
    for (const event of events) this.texts.push(Buffer.from(event).toString());
    for (const look of this.waiting) look();
  }
}
