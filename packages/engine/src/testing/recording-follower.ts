import type { SluiceError } from '../errors.js';
import type { EventLogStore, FollowedLog } from '../log/event-log.js';

/** Follows a stream and keeps what it is told. */
export class RecordingFollower {
  /** Ids of the events, as they were announced. */
  readonly ids: number[] = [];
  /** What they say. */
  readonly texts: string[] = [];
  /** How often ids began anew. */
  renewals = 0;
  /** Why following has ended. */
  lost: SluiceError | undefined;
  private readonly waiting = new Set<() => void>();
  private followed: FollowedLog | undefined;

  /** Resolves once the stream exists. */
  static async of(store: EventLogStore, stream = 'events'): Promise<RecordingFollower> {
    const follower = new RecordingFollower();
    follower.followed = await store.follow?.(stream, {
      onAppend: (from, events) => follower.take(from, events),
      onRenew: () => {
        follower.renewals += 1;
        follower.look();
      },
      onLost: (error) => {
        follower.lost = error;
        follower.look();
      },
    });
    return follower;
  }

  /** @throws Error if the store cannot be followed. */
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

  private take(from: number, events: readonly Uint8Array[]): void {
    for (const [index, event] of events.entries()) {
      this.ids.push(from + index);
      this.texts.push(Buffer.from(event).toString());
    }
    this.look();
  }

  private look(): void {
    for (const look of this.waiting) look();
  }
}
