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

/** Makes votes; each is later than the one before of the same representative. */
export class VoteMaker {
  private readonly last = new Map<string, bigint>();

  constructor(private readonly now: () => number) {}

  make(
    account: string,
    secretKey: Uint8Array,
    blocks: readonly string[],
    isFinal: boolean,
  ): SignedVote {
    const timestamp = isFinal ? FINAL_VOTE_TIMESTAMP : this.nextTime(account);
    const duration = isFinal ? FINAL_DURATION : DURATION;
    const hash = voteHash(blocks, packVoteTime(timestamp, duration));
    const signature = upperHex(signHash(hash, secretKey), 64, 'signature');
    return { account, signature, timestamp, duration, blocks };
  }

  private nextTime(account: string): bigint {
    const time = BigInt(this.now());
    const rounded = time - (time % STEP);
    const last = this.last.get(account) ?? 0n;
    const next = rounded > last ? rounded : last + STEP;
    this.last.set(account, next);
    return next;
  }
}
