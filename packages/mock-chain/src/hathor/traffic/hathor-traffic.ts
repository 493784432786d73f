import type { Hex32 } from '@sluice/hathor';
import { SeededRandom } from '../../random/seeded-random.js';
import type { HathorMockChain } from '../hathor-mock-chain.js';
import { InsufficientFundsError } from '../wallet/insufficient-funds.error.js';

/** What a step did. */
export type TrafficAction =
  'block' | 'transfer' | 'token' | 'twin' | 'double-spend' | 'conflict-turned' | 'reorg';

/** One step of {@link HathorTraffic}: the action, and the last vertex that it added. */
export interface TrafficStep {
  readonly action: TrafficAction;
  readonly hash: Hex32;
}

/** Options of {@link HathorTraffic}. */
export interface HathorTrafficOptions {
  /** An integer; the same seed on the same chain gives the same steps. */
  readonly seed: number;
  /** By how much a step advances the chain's clock. Default 1.25 s: a block about every 5 s. */
  readonly secondsPerStep?: number;
}

/** Steps between two blocks, on average. */
export const STEPS_PER_BLOCK = 4;

/** How often each action comes; blocks take their share first. */
const SHARES: readonly (readonly [action: TrafficAction, share: number])[] = [
  ['transfer', 0.86],
  ['twin', 0.06],
  ['double-spend', 0.04],
  ['token', 0.03],
  ['reorg', 0.01],
];

const MOST_STEPS_WITHOUT_BLOCK = 10;
const DEEPEST_REORG = 3;
/** How often the loser of a conflict is helped to win after all. */
const TURNING_SHARE = 0.5;

/**
 * Keeps a chain busy: blocks, payments between the wallet's addresses, now and then a token, a double spend that a block turns
 * round, a short reorg. Memory grows with the chain alone, and a step costs as much as what it changes.
 */
export class HathorTraffic {
  readonly #chain: HathorMockChain;
  readonly #random: SeededRandom;
  readonly #secondsPerStep: number;
  #stepsSinceBlock = 0;
  #tokens = 0;
  #loser: Hex32 | undefined;

  constructor(chain: HathorMockChain, { seed, secondsPerStep = 1.25 }: HathorTrafficOptions) {
    this.#chain = chain;
    this.#random = new SeededRandom(seed, 'hathor/traffic');
    this.#secondsPerStep = secondsPerStep;
  }

  /** Performs the next action. */
  step(): TrafficStep {
    this.#chain.advance(this.#secondsPerStep);
    const action = this.#nextAction();
    try {
      return { action, hash: this.#perform(action) };
    } catch (error) {
      // A young chain has no rewards to spend yet.
      if (!(error instanceof InsufficientFundsError)) throw error;
      return { action: 'block', hash: this.#mineBlock() };
    }
  }

  #nextAction(): TrafficAction {
    const isBlockDue = this.#stepsSinceBlock >= MOST_STEPS_WITHOUT_BLOCK;
    if (isBlockDue || this.#random.chance(1 / STEPS_PER_BLOCK)) return this.#nextBlock();
    let point = this.#random.fraction();
    for (const [action, share] of SHARES) {
      if ((point -= share) < 0) return action;
    }
    return 'transfer';
  }

  #nextBlock(): TrafficAction {
    const loser = this.#loser === undefined ? undefined : this.#chain.vertex(this.#loser);
    if (loser === undefined || !this.#random.chance(TURNING_SHARE)) return 'block';
    const { voided_by: voidedBy, conflict_with: rivals } = loser.metadata;
    // What a block has confirmed stays, and a loser of more than its conflict cannot win.
    const isOpen = rivals.every(
      (rival) => this.#chain.vertex(rival)?.metadata.first_block === null,
    );
    return isOpen && voidedBy.length === 1 && voidedBy[0] === loser.hash
      ? 'conflict-turned'
      : 'block';
  }

  #perform(action: TrafficAction): Hex32 {
    this.#stepsSinceBlock++;
    switch (action) {
      case 'block':
        return this.#mineBlock();
      case 'conflict-turned':
        return this.#mineBlock(this.#loser);
      case 'transfer':
        return this.#transfer();
      case 'token':
        return this.#createToken();
      case 'twin':
      case 'double-spend':
        return this.#doubleSpend(action === 'twin');
      case 'reorg':
        return this.#reorg();
    }
  }

  #mineBlock(confirm?: Hex32): Hex32 {
    this.#stepsSinceBlock = 0;
    this.#loser = undefined;
    return this.#chain.mineBlock(confirm === undefined ? {} : { confirm }).hash;
  }

  #transfer(): Hex32 {
    return this.#chain.transfer({ amount: BigInt(this.#random.between(1, 10_000)) }).hash;
  }

  #createToken(): Hex32 {
    const place = ++this.#tokens;
    const amount = BigInt(this.#random.between(100, 50_000));
    const symbol = `T${place.toString(36).toUpperCase()}`.slice(0, 5);
    return this.#chain.createToken({ name: `Traffic ${place}`, symbol, amount }).hash;
  }

  #doubleSpend(twin: boolean): Hex32 {
    const { hash: of } = this.#chain.transfer();
    this.#chain.advance(this.#secondsPerStep);
    const { hash } = this.#chain.doubleSpend({ of, twin });
    this.#loser = hash;
    return hash;
  }

  #reorg(): Hex32 {
    const deepest = Math.min(DEEPEST_REORG, this.#chain.height - 1);
    if (deepest < 1) return this.#mineBlock();
    this.#stepsSinceBlock = 0;
    return this.#chain.reorg({ depth: this.#random.between(1, deepest) }).hash;
  }
}
