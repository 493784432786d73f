/**
 * Representatives and their votes. A block has quorum when final votes of 67 % of the representatives' weight are for it.
 */
import type { VoteType } from '@sluice/nano';
import type { SeededRandom } from '../../random/seeded-random.js';
import { NanoChainError } from '../chain-error.js';
import type { Announce } from '../chain-event.js';
import type { Ledger } from '../ledger/ledger.js';
import type { NanoWallet } from '../wallet/nano-wallet.js';
import type { Election } from './election.js';
import type { OpenElections } from './open-elections.js';
import type { SignedVote } from './vote-maker.js';
import { VoteMaker } from './vote-maker.js';

/** An election that votes have decided. */
export interface Decision {
  readonly election: Election;
  readonly winner: string;
}

const QUORUM_PERCENT = 67n;

export class Voting {
  private readonly maker: VoteMaker;
  private last: SignedVote | undefined;

  constructor(
    private readonly representatives: NanoWallet,
    private readonly ledger: Ledger,
    private readonly elections: OpenElections,
    private readonly random: SeededRandom,
    private readonly announce: Announce,
    now: () => number,
  ) {
    this.maker = new VoteMaker(now);
  }

  /** @throws NanoChainError for an account that is no representative of this chain. */
  vote(
    representative: string,
    hashes: readonly string[],
    isFinal: boolean,
    type?: VoteType,
  ): readonly Decision[] {
    const key = this.representatives.secretKey(representative);
    if (key === undefined) throw new NanoChainError(`${representative} is no representative here`);
    const vote = this.maker.make(representative, key, hashes, isFinal);
    this.last = vote;
    return this.process(vote, type);
  }

  /** The latest vote once more. @throws NanoChainError before the first one. */
  replay(): void {
    if (this.last === undefined) throw new NanoChainError('Nobody has voted yet');
    this.announce({ type: 'vote.processed', data: { ...this.last, type: 'replay' } });
  }

  /**
   * Representatives in any order vote until a block has quorum.
   *
   * @param opposed a block that some vote for before they follow the others.
   */
  decide(hash: string, opposed?: string): readonly Decision[] {
    const voters = this.voters();
    for (const [index, voter] of voters.entries()) {
      this.vote(voter, [index % 3 === 0 ? (opposed ?? hash) : hash], false);
    }
    for (const voter of voters) {
      const decisions = this.vote(voter, [hash], true);
      if (decisions.length > 0) return decisions;
    }
    throw new NanoChainError(`The representatives’ weight is no quorum for ${hash}`);
  }

  /** One of the representatives. */
  any(): string {
    return this.voters()[0] ?? '';
  }

  private process(vote: SignedVote, type: VoteType | undefined): readonly Decision[] {
    const counts = type === undefined || type === 'vote';
    const outcomes = vote.blocks.map((hash) =>
      counts ? this.count(vote, hash) : (type ?? 'vote'),
    );
    this.announce({
      type: 'vote.processed',
      data: { ...vote, type: type ?? overall(outcomes) },
    });
    return vote.blocks.flatMap((winner) => {
      const election = this.elections.of(winner);
      return election !== undefined && this.hasQuorum(election, winner)
        ? [{ election, winner }]
        : [];
    });
  }

  private count({ account, timestamp }: SignedVote, hash: string): VoteType {
    const election = this.elections.of(hash);
    if (election !== undefined) {
      return election.count(account, { hash, timestamp }) ? 'vote' : 'replay';
    }
    const isConfirmed = this.ledger.block(hash) !== undefined && !this.ledger.isUnconfirmed(hash);
    return isConfirmed ? 'replay' : 'indeterminate';
  }

  private hasQuorum(election: Election, hash: string): boolean {
    const { weights } = this.ledger;
    const online = this.representatives.accounts.reduce(
      (sum, other) => sum + weights.of(other),
      0n,
    );
    return election.tally(hash, weights).final * 100n >= online * QUORUM_PERCENT;
  }

  /** Representatives with weight, in an order by chance. */
  private voters(): string[] {
    const voters = this.representatives.accounts.filter(
      (account) => this.ledger.weights.of(account) > 0n,
    );
    for (let last = voters.length - 1; last > 0; last--) {
      const other = this.random.below(last + 1);
      [voters[last], voters[other]] = [voters[other] ?? '', voters[last] ?? ''];
    }
    return voters;
  }
}

/** Contract 6.2: `replay` if any is, else `vote` if any counted, else `indeterminate`. */
function overall(outcomes: readonly VoteType[]): VoteType {
  return (['replay', 'vote'] as const).find((type) => outcomes.includes(type)) ?? 'indeterminate';
}
