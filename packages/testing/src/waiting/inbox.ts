import { WaitError } from './wait-error.js';

interface Waiter<T> {
  readonly take: (item: T) => void;
  readonly fail: () => void;
}

/** Items dropped from the front are cut off in slices of this size, so that taking stays O(1). */
const SLICE = 1024;
const RECENT = 5;

/**
 * A queue that is filled by a socket and emptied by a test, in order, nothing lost in between.
 * A wait that ran out of time does not eat a later item.
 */
export class Inbox<T> {
  private items: T[] = [];
  private head = 0;
  private count = 0;
  private ended = false;
  private readonly waiters = new Set<Waiter<T>>();
  private readonly recent: T[] = [];

  /**
   * @param state Describes the socket, for failure messages.
   * @param show Describes one item, for failure messages.
   */
  constructor(
    private readonly state: () => string,
    private readonly show: (item: T) => string,
  ) {}

  /** Number of items ever put in. */
  get received(): number {
    return this.count;
  }

  /** Number of items that nobody has taken. */
  get pending(): number {
    return this.items.length - this.head;
  }

  /** The items that nobody has taken, oldest first. */
  peek(): readonly T[] {
    return this.items.slice(this.head);
  }

  push(item: T): void {
    this.count++;
    this.recent.push(item);
    if (this.recent.length > RECENT) this.recent.shift();
    const [waiter] = this.waiters;
    if (waiter === undefined) this.items.push(item);
    else waiter.take(item);
  }

  /** Nothing more will come: those who wait fail now, what is queued can still be taken. */
  end(): void {
    this.ended = true;
    for (const waiter of this.waiters) waiter.fail();
  }

  /**
   * Takes the oldest item, waiting for it when there is none.
   * @param what Names the awaited thing in the failure message.
   * @throws {WaitError} after `timeoutMs` of real time, or when the inbox has ended.
   */
  next(what: string, timeoutMs: number): Promise<T> {
    const item = this.items[this.head];
    if (this.pending > 0) {
      this.drop();
      return Promise.resolve(item as T);
    }
    if (this.ended) return Promise.reject(this.failure(what, 'the connection has ended'));
    return new Promise<T>((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
      };
      const waiter: Waiter<T> = {
        take: (taken) => {
          settle();
          resolve(taken);
        },
        fail: () => {
          settle();
          reject(this.failure(what, 'the connection ended'));
        },
      };
      const timer = setTimeout(() => {
        settle();
        reject(this.failure(what, `nothing came within ${String(timeoutMs)} ms`));
      }, timeoutMs);
      this.waiters.add(waiter);
    });
  }

  /** A failure that says what was awaited, why it failed, the socket's state and the last items. */
  failure(what: string, why: string): WaitError {
    const seen =
      this.recent.length === 0
        ? 'nothing was received'
        : `last received (${String(this.count)} in all, ${String(this.pending)} not taken):\n` +
          this.recent.map((item) => `  ${this.show(item)}`).join('\n');
    return new WaitError(`waited for ${what}: ${why}; ${this.state()}; ${seen}`);
  }

  private drop(): void {
    this.head++;
    if (this.head === SLICE || this.head === this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
  }
}
