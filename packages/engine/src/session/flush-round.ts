import type { CancelTask, Clock } from '../time/clock.js';
import { FrameJoiner } from './frame-joiner.js';

/** What waits for the end of the turn. */
export interface Leaving {
  /** Whether it is a member of the round; written by the round only. */
  inRound: boolean;
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
  /**
   * Who has joined, in order, also who was forgotten since. An array and a mark on the member, not a Set: a Set that
   * many come to and go from makes a table after the other, each of which keeps the next from being collected.
   */
  private queue: Leaving[] = [];
  private members = 0;
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
    if (member.inRound) return;
    member.inRound = true;
    this.members++;
    this.queue.push(member);
    this.schedule();
  }

  /** Harmless for who is no member. */
  forget(member: Leaving): void {
    if (!member.inRound) return;
    member.inRound = false;
    if (--this.members > 0) return;
    this.cancelSlice?.();
    this.cancelSlice = undefined;
    this.queue = [];
  }

  private schedule(): void {
    this.cancelSlice ??= this.clock.soon(this.slice);
  }

  private readonly slice = (): void => {
    this.cancelSlice = undefined;
    const joiner = new FrameJoiner();
    const { queue } = this;
    // Who joins meanwhile stands in another queue, behind these.
    this.queue = [];
    let [position, left] = [0, SLICE];
    try {
      while (left > 0 && position < queue.length) {
        const member = queue[position++];
        if (member?.inRound !== true) continue;
        member.inRound = false;
        this.members--;
        left--;
        member.leave(joiner);
      }
    } finally {
      if (this.members > 0) {
        this.queue = queue.slice(position).concat(this.queue);
        this.schedule();
      }
    }
  };
}
