import type { VoteProcessed } from '@sluice/nano';
import {
  FINAL_VOTE_TIMESTAMP,
  packVoteTime,
  signHash,
  upperHex,
  voteHash,
} from '@sluice/nano/wire';

/** A vote before it is known what became of it. */
export type SignedVote = Omit<VoteProcessed, 'type' | 'timestamp' | 'blocks'> & {
  readonly account: string;
  readonly timestamp: bigint;
  readonly blocks: readonly string[];
};

/** Milliseconds that a vote's time is a multiple of. */
const STEP = 16n;

/** 2^(9+4) ms: for how long a representative stands by a vote that is not final. */
const DURATION = 9;
const FINAL_DURATION = 15;

/** Makes votes of which each is later than the one before. */
export class VoteMaker {
  private last = 0n;

  constructor(private readonly now: () => number) {}

  make(
    account: string,
    secretKey: Uint8Array,
    blocks: readonly string[],
    isFinal: boolean,
  ): SignedVote {
    const timestamp = isFinal ? FINAL_VOTE_TIMESTAMP : this.nextTime();
    const duration = isFinal ? FINAL_DURATION : DURATION;
    const hash = voteHash(blocks, packVoteTime(timestamp, duration));
    const signature = upperHex(signHash(hash, secretKey), 64, 'signature');
    return { account, signature, timestamp, duration, blocks };
  }

  private nextTime(): bigint {
    const time = BigInt(this.now());
    const rounded = time - (time % STEP);
    this.last = rounded > this.last ? rounded : this.last + STEP;
    return this.last;
  }
}
