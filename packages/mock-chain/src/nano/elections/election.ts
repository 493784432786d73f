import type { ElectionResult } from '@sluice/nano';
import { FINAL_VOTE_TIMESTAMP } from '@sluice/nano/wire';
import type { LedgerBlock } from '../ledger/ledger-block.js';
import type { RepresentativeWeights } from '../ledger/representative-weights.js';

/** A representative's latest word in an election. */
export interface CountedVote {
  readonly hash: string;
  /** Unix milliseconds, or {@link FINAL_VOTE_TIMESTAMP}. */
  readonly timestamp: bigint;
}

/** Raw weight behind a block. */
export interface Tally {
  readonly all: bigint;
  /** Of final votes. */
  readonly final: bigint;
}

/** Representatives vote which of the blocks for one place comes there. */
export class Election {
  private readonly blocks = new Map<string, LedgerBlock>();
  private readonly votes = new Map<string, CountedVote>();

  constructor(first: LedgerBlock) {
    this.add(first);
  }

  /** Hashes, the first one in front. */
  get candidates(): readonly string[] {
    return [...this.blocks.keys()];
  }

  candidate(hash: string): LedgerBlock | undefined {
    return this.blocks.get(hash);
  }

  add(block: LedgerBlock): void {
    this.blocks.set(block.hash, block);
  }

  /** @returns whether the vote is news. */
  count(representative: string, vote: CountedVote): boolean {
    const last = this.votes.get(representative);
    if (last !== undefined && last.timestamp >= vote.timestamp) return false;
    this.votes.set(representative, vote);
    return true;
  }

  tally(hash: string, weights: RepresentativeWeights): Tally {
    let all = 0n;
    let final = 0n;
    for (const [representative, vote] of this.votes) {
      if (vote.hash !== hash) continue;
      const weight = weights.of(representative);
      all += weight;
      if (vote.timestamp === FINAL_VOTE_TIMESTAMP) final += weight;
    }
    return { all, final };
  }

  /** How the election went for a winner. */
  result(
    winner: string,
    weights: RepresentativeWeights,
    figures: Pick<ElectionResult, 'duration' | 'time' | 'requestCount'>,
  ): ElectionResult {
    const { all, final } = this.tally(winner, weights);
    return {
      ...figures,
      tally: all,
      final,
      blocks: this.blocks.size,
      voters: this.votes.size,
      votes: Array.from(this.votes, ([representative, vote]) => ({
        representative,
        ...vote,
        weight: weights.of(representative),
      })),
    };
  }
}
