import type { CancelTask, Clock } from '@sluice/engine';

/** Something that has work to do and does a little of it when it is its turn. */
export interface TurnTaker {
  /** @returns whether it wants another turn. */
  takeTurn(): boolean;
}

/** Longest time that turns are taken without a break for other work, milliseconds. */
const TURN_MS = 10;

/** Gives turns round and round: a long history holds up neither the short ones nor anything else in the process. */
export class StreamScheduler {
  private readonly queue = new Set<TurnTaker>();
  private cancel: CancelTask | undefined;

  constructor(private readonly clock: Clock) {}

  /** Asks for a turn. */
  add(taker: TurnTaker): void {
    this.queue.add(taker);
    this.cancel ??= this.clock.soon(() => {
      this.cancel = undefined;
      this.giveTurns();
    });
  }

  /** Withdraws. */
  remove(taker: TurnTaker): void {
    this.queue.delete(taker);
    if (this.queue.size > 0) return;
    this.cancel?.();
    this.cancel = undefined;
  }

  private giveTurns(): void {
    const end = this.clock.monotonic() + TURN_MS;
    for (const taker of [...this.queue]) {
      if (!this.queue.delete(taker)) continue;
      if (taker.takeTurn()) this.add(taker);
      if (this.clock.monotonic() >= end) break;
    }
    const [waiting] = this.queue;
    if (waiting !== undefined) this.add(waiting);
  }
}
