import { SeededRandom } from '../random/seeded-random.js';
import type { BigchaindbMockChain, MockBigchaindbBlock } from './bigchaindb-mock-chain.js';
import type { MockTransaction } from './transaction.js';

/** Most transactions of one block. */
const MOST_TRANSACTIONS = 5;

/** Lets the users of a chain live: blocks with several, one or no transactions. */
export class BigchaindbTraffic {
  private readonly random: SeededRandom;

  constructor(
    private readonly chain: BigchaindbMockChain,
    seed: number,
  ) {
    this.random = new SeededRandom(seed, 'bigchaindb traffic');
  }

  /** Commits the next block. */
  step(): MockBigchaindbBlock {
    const count = this.random.chance(0.2) ? 0 : this.random.between(1, MOST_TRANSACTIONS);
    return this.chain.commit(Array.from({ length: count }, () => this.transaction()));
  }

  /** The very first transaction has nothing to hand on. */
  private transaction(): MockTransaction {
    if (this.random.chance(0.02)) return this.chain.elect();
    if (this.chain.hasAssets && this.random.chance(0.6)) return this.chain.transfer();
    return this.chain.create();
  }
}
