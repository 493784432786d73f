/**
 * What happens to a block on its way: it comes into the ledger, has an election or none, and is confirmed, stopped or replaced by a
 * rival. Every turn is announced in the order in which a node does.
 */
import type { ConfirmationType, ElectionResult, VoteType } from '@sluice/nano';
import type { Block } from '@sluice/nano/wire';
import type { SeededRandom } from '../random/seeded-random.js';
import { blockConfirmed, blockUnconfirmed } from './block-events.js';
import { NanoChainError } from './chain-error.js';
import type { Announce } from './chain-event.js';
import type { Election } from './elections/election.js';
import type { OpenElections } from './elections/open-elections.js';
import type { Decision, Voting } from './elections/voting.js';
import { requireRule } from './ledger/block-refused.error.js';
import type { Ledger } from './ledger/ledger.js';
import type { LedgerBlock } from './ledger/ledger-block.js';

/**
 * What becomes of a new block: one of the three ways to be confirmed (contract 6.1.5); `open`: an election without an end; `none`: not
 * even an election.
 */
export type Confirmation = Exclude<ConfirmationType, 'unknown'> | 'open' | 'none';

/** The parts of a chain that take part in consensus. */
export interface ConsensusParts {
  readonly ledger: Ledger;
  readonly elections: OpenElections;
  readonly voting: Voting;
  readonly random: SeededRandom;
  readonly announce: Announce;
  readonly now: () => number;
}

export class Consensus {
  constructor(private readonly parts: ConsensusParts) {}

  /**
   * Takes a block in. A rival of an unconfirmed block joins its election instead and waits for votes.
   *
   * @throws BlockRefusedError, NanoChainError
   */
  submit(block: Block, confirmation: Confirmation): LedgerBlock {
    const { ledger, elections } = this.parts;
    const rival = ledger.rivalOf(block);
    const examined = ledger.examine(block, this.seconds(), rival);
    if (rival !== undefined) {
      requireRule(elections.of(examined.hash) === undefined, 'old', 'it is in the election');
      elections.join(elections.start(rival), examined);
      if (confirmation === 'active_quorum') this.elect(examined.hash, rival.hash);
      return examined;
    }
    this.accept(examined);
    this.settle(examined, confirmation);
    return examined;
  }

  /** Has the representatives elect a block, some of them only after they voted for another one. */
  elect(hash: string, opposed?: string): void {
    this.conclude(this.parts.voting.decide(hash, opposed));
  }

  /**
   * A manual request to confirm a block. One that is confirmed is announced once more, as a node does.
   *
   * @throws NanoChainError for a block that is not known any more, or lost its election.
   */
  confirm(hash: string): void {
    const { ledger, elections } = this.parts;
    const election = elections.of(hash);
    if (election !== undefined) {
      this.win(election, hash, 'active_confirmation_height');
      return;
    }
    const block = ledger.block(hash);
    if (block === undefined) throw new NanoChainError(`${hash} is not known`);
    if (ledger.isUnconfirmed(hash)) {
      this.cement(block, 'inactive');
    } else {
      this.announceConfirmed(block, 'active_confirmation_height', {
        ...this.noElection(),
        blocks: 1,
      });
    }
  }

  /** Starts an election about a block without one. @throws NanoChainError unless it is unconfirmed. */
  start(hash: string): void {
    const block = this.parts.ledger.block(hash);
    if (block === undefined || !this.parts.ledger.isUnconfirmed(hash)) {
      throw new NanoChainError(`${hash} is no unconfirmed block`);
    }
    this.parts.elections.start(block);
  }

  /** Drops an election without a winner. @throws NanoChainError if there is none. */
  stop(hash: string): void {
    const election = this.parts.elections.of(hash);
    if (election === undefined) throw new NanoChainError(`${hash} has no election`);
    this.parts.elections.stop(election);
  }

  /** @throws NanoChainError for an account that is no representative. */
  vote(representative: string, hashes: readonly string[], isFinal: boolean, type?: VoteType): void {
    this.conclude(this.parts.voting.vote(representative, hashes, isFinal, type));
  }

  private settle(block: LedgerBlock, confirmation: Confirmation): void {
    if (confirmation === 'none') return;
    if (confirmation === 'inactive') {
      this.cement(block, 'inactive');
      return;
    }
    const election = this.parts.elections.start(block);
    if (confirmation === 'active_quorum') this.elect(block.hash);
    if (confirmation === 'active_confirmation_height') this.win(election, block.hash, confirmation);
  }

  private conclude(decisions: readonly Decision[]): void {
    for (const { election, winner } of decisions) {
      const { ledger, random, now } = this.parts;
      const result = election.result(winner, ledger.weights, {
        duration: random.between(180, 900),
        time: now(),
        requestCount: random.between(1, 3),
      });
      this.win(election, winner, 'active_quorum', result);
    }
  }

  private win(
    election: Election,
    hash: string,
    confirmationType: ConfirmationType,
    result?: ElectionResult,
  ): void {
    const winner = election.candidate(hash);
    if (winner === undefined) return;
    this.adopt(election, winner);
    this.cement(winner, confirmationType, result);
    this.parts.elections.stop(election, hash);
  }

  /** A winner that is not in the ledger takes the place of its rival there. */
  private adopt(election: Election, winner: LedgerBlock): void {
    const { ledger } = this.parts;
    if (ledger.isUnconfirmed(winner.hash)) return;
    const loser = election.candidates.find((hash) => ledger.isUnconfirmed(hash));
    const rival = loser === undefined ? undefined : ledger.block(loser);
    if (rival === undefined || ledger.account(rival.after.account)?.head !== rival.hash) {
      throw new NanoChainError(`${winner.hash} cannot replace a block that others build on`);
    }
    ledger.rollback(rival);
    this.accept(winner);
  }

  private accept(block: LedgerBlock): void {
    this.parts.ledger.accept(block);
    this.parts.announce(blockUnconfirmed(block));
  }

  /** Blocks before it on its chain are confirmed with it, by its election and not by their own. */
  private cement(
    block: LedgerBlock,
    confirmationType: ConfirmationType,
    result: ElectionResult = this.noElection(),
  ): void {
    const { ledger, elections } = this.parts;
    for (const cemented of ledger.cement(block.hash)) {
      if (cemented.hash === block.hash) {
        this.announceConfirmed(cemented, confirmationType, result);
        continue;
      }
      const own = elections.of(cemented.hash);
      const type = own === undefined ? 'inactive' : 'active_confirmation_height';
      this.announceConfirmed(cemented, type, this.noElection());
      if (own !== undefined) elections.stop(own, cemented.hash);
    }
  }

  private announceConfirmed(
    block: LedgerBlock,
    confirmationType: ConfirmationType,
    election: ElectionResult,
  ): void {
    this.parts.announce(blockConfirmed(block, confirmationType, election));
  }

  /** Contract 6.1.5: all zero but the time, which is that of the confirmation. */
  private noElection(): ElectionResult {
    const time = this.parts.now();
    return { duration: 0, time, tally: 0n, final: 0n, blocks: 0, voters: 0, requestCount: 0 };
  }

  private seconds(): number {
    return Math.floor(this.parts.now() / 1000);
  }
}
