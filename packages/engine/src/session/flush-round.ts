import type { CancelTask, Clock } from '../time/clock.js';
import { FrameJoiner } from './frame-joiner.js';

/** What waits for the end of the turn. */
export interface Leaving {
  /** Its turn has come: it is no longer a member of the round. */
  leave(joiner: FrameJoiner): void;
}

/** Sessions written to before other work gets its turn: a millisecond or two of system calls. */
const SLICE = 256;

/**
 * One task for all sessions that have something to write. Who comes first leaves first; many of them leave in slices, so
 * that thousands of writes hold up neither commands nor new connections.
 */
export class FlushRound {
  private static readonly rounds = new WeakMap<Clock, FlushRound>();
  private readonly members = new Set<Leaving>();
  private cancelSlice: CancelTask | undefined;

  private constructor(private readonly clock: Clock) {}

  /** The round of all that live by one clock: applications in one process may have clocks of their own. */
  static of(clock: Clock): FlushRound {
    let round = this.rounds.get(clock);
    if (round === undefined) {
      round = new FlushRound(clock);
      this.rounds.set(clock, round);
    }
    return round;
  }

  /** Lets `member` leave in the next turn of the event loop, behind all that wait already. */
  join(member: Leaving): void {
    this.members.add(member);
    this.schedule();
  }

  /** Harmless for who is no member. */
  forget(member: Leaving): void {
    if (!this.members.delete(member) || this.members.size > 0) return;
    this.cancelSlice?.();
    this.cancelSlice = undefined;
  }

  private schedule(): void {
    this.cancelSlice ??= this.clock.soon(this.slice);
  }

  private readonly slice = (): void => {
    this.cancelSlice = undefined;
    const joiner = new FrameJoiner();
    // Who joins meanwhile stands behind these.
    let left = Math.min(SLICE, this.members.size);
    try {
      for (const member of this.members) {
        if (left-- === 0) break;
        this.members.delete(member);
        member.leave(joiner);
      }
    } finally {
      if (this.members.size > 0) this.schedule();
    }
  };
}
