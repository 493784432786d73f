/**
 * A Basalt chain in memory: blocks that are hashed as they say, a state that follows from the transactions, validators
 * that take turns, and branches that are abandoned. No wall clock unless it is
 * given one, no `Math.random`.
 */
import { blake3 } from '@noble/hashes/blake3.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { SeededRandom } from '../random/seeded-random.js';
import type { BasaltHeader, MockBasaltBlock } from './basalt-block.js';
import { basaltHeaderBytes } from './header-bytes.js';

/** Options of a {@link BasaltMockChain}. */
export interface BasaltMockChainOptions {
  /** The same seed and the same calls give the same blocks. */
  readonly seed: number;
  /** Default 31337, a development network. */
  readonly chainId?: number;
  /** Timestamp of block 1, Unix milliseconds; default 1 700 000 000 000. */
  readonly startTime?: number;
  /** Time between blocks, milliseconds, give or take a tenth; default 2000. */
  readonly blockTime?: number;
  /**
   * Unix milliseconds of the moment, for a chain that follows a clock: blocks get its time, one millisecond apart at least.
   * Default: the chain has a time of its own, see `startTime` and `blockTime`.
   */
  readonly now?: () => number;
  /** Default 4. */
  readonly validators?: number;
  /** Newest blocks that are kept; older ones are forgotten, genesis included. Default 10 000. */
  readonly history?: number;
}

/** What `mine` may be told. */
export interface MineOptions {
  /** Transactions in the block; default: as chance has it, often none. */
  readonly transactions?: number;
}

const ZERO_HASH = `0x${'0'.repeat(64)}` as const;
const ZERO_ADDRESS = `0x${'0'.repeat(40)}` as const;
const GAS_LIMIT = 100_000_000;
const TRANSFER_GAS = 21_000;
const BASE_FEE = '1000000000';

export class BasaltMockChain {
  readonly chainId: number;
  private readonly random: SeededRandom;
  private readonly blockTime: number;
  private readonly startTime: number;
  private readonly now: (() => number) | undefined;
  private readonly history: number;
  private readonly validators: readonly `0x${string}`[];
  /** The branch, oldest block first. */
  private readonly blocks: MockBasaltBlock[] = [];
  private readonly byHash = new Map<string, MockBasaltBlock>();

  /** @throws RangeError if an option cannot be used. */
  constructor(options: BasaltMockChainOptions) {
    const { chainId = 31_337, validators = 4, history = 10_000 } = options;
    for (const [name, count] of Object.entries({ chainId, validators, history })) {
      if (!(Number.isInteger(count) && count >= 1))
        throw new RangeError(`${name} cannot be ${count}`);
    }
    this.chainId = chainId;
    this.history = history;
    this.random = new SeededRandom(options.seed, 'basalt');
    this.now = options.now;
    this.blockTime = options.blockTime ?? 2000;
    this.startTime = options.startTime ?? 1_700_000_000_000;
    this.validators = Array.from(
      { length: validators },
      () => `0x${bytesToHex(this.random.bytes(20))}` as const,
    );
    const stateRoot = hashOf(utf8ToBytes(`basalt genesis ${chainId}`));
    this.append({ ...this.next(0), number: 0, stateRoot, timestamp: 0, proposer: ZERO_ADDRESS }, 0);
  }

  /** The newest block. */
  get tip(): MockBasaltBlock {
    const tip = this.blocks.at(-1);
    if (tip === undefined) throw new Error('The chain has no genesis block');
    return tip;
  }

  /** The oldest block that is kept. */
  get oldest(): MockBasaltBlock {
    return this.blocks[0] ?? this.tip;
  }

  /** A block of the present branch by number or hash; undefined: unknown, abandoned or forgotten. */
  block(which: number | string): MockBasaltBlock | undefined {
    if (typeof which === 'string') return this.byHash.get(which.toLowerCase());
    return this.blocks[which - this.oldest.number];
  }

  /** Makes the next block. @throws RangeError if it cannot hold that many transactions. */
  mine(options: MineOptions = {}): MockBasaltBlock {
    const most = Math.floor(GAS_LIMIT / TRANSFER_GAS);
    const { transactions = this.random.chance(0.4) ? 0 : this.random.between(1, 50) } = options;
    if (!(Number.isInteger(transactions) && transactions >= 0 && transactions <= most)) {
      throw new RangeError(`A block cannot have ${transactions} transactions`);
    }
    return this.append(this.next(transactions), transactions);
  }

  /**
   * Abandons the newest blocks and makes a branch that is longer by one, as a node sees it that was on the wrong one.
   *
   * @param depth blocks that are abandoned.
   * @returns the blocks of the new branch in order.
   * @throws RangeError if that many blocks are not there, genesis not counted.
   */
  reorg(depth: number): readonly MockBasaltBlock[] {
    const most = this.blocks.length - 1;
    if (!(Number.isInteger(depth) && depth >= 1 && depth <= most)) {
      throw new RangeError(
        `A reorg of depth ${depth} is impossible: ${most} blocks can be replaced`,
      );
    }
    for (const { hash } of this.blocks.splice(-depth)) this.byHash.delete(hash);
    // At least one transaction: two branches must not come to the same blocks by chance.
    return Array.from({ length: depth + 1 }, () =>
      this.mine({ transactions: this.random.between(1, 50) }),
    );
  }

  /** The header that follows the tip. */
  private next(transactions: number): BasaltHeader {
    const parent = this.blocks.at(-1);
    const number = (parent?.number ?? -1) + 1;
    const entropy = this.random.bytes(32);
    const transactionsRoot = transactions === 0 ? ZERO_HASH : hashOf(entropy);
    const parentHash = parent?.hash ?? ZERO_HASH;
    const stateRoot = parent?.stateRoot ?? ZERO_HASH;
    return {
      number,
      parentHash,
      // Without transactions the state stays as it is.
      stateRoot:
        transactions === 0
          ? stateRoot
          : hashOf(concatBytes(utf8ToBytes(stateRoot), utf8ToBytes(transactionsRoot))),
      transactionsRoot,
      timestamp: this.timeAfter(parent),
      proposer: this.validators[number % this.validators.length] ?? ZERO_ADDRESS,
      chainId: this.chainId,
      gasUsed: transactions * TRANSFER_GAS,
      gasLimit: GAS_LIMIT,
      baseFee: BASE_FEE,
    };
  }

  private timeAfter(parent: MockBasaltBlock | undefined): number {
    if (this.now !== undefined) return Math.max(this.now(), (parent?.timestamp ?? 0) + 1);
    if (parent === undefined || parent.number === 0) return this.startTime;
    const tenth = Math.floor(this.blockTime / 10);
    return parent.timestamp + Math.max(1, this.blockTime + this.random.between(-tenth, tenth));
  }

  private append(header: BasaltHeader, transactionCount: number): MockBasaltBlock {
    const { transactionsRoot: _root, chainId: _id, ...shown } = header;
    const block = { ...shown, hash: hashOf(basaltHeaderBytes(header)), transactionCount };
    this.blocks.push(block);
    this.byHash.set(block.hash, block);
    if (this.blocks.length > this.history) {
      const forgotten = this.blocks.shift();
      if (forgotten !== undefined) this.byHash.delete(forgotten.hash);
    }
    return block;
  }
}

function hashOf(bytes: Uint8Array): `0x${string}` {
  return `0x${bytesToHex(blake3(bytes))}`;
}
