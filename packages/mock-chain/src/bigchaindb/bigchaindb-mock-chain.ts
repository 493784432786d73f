/**
 * A BigchainDB network in memory: users who make assets and hand them on, in transactions with real ids, conditions and
 * signatures. No wall clock, no `Math.random`.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { SeededRandom } from '../random/seeded-random.js';
import { canonicalJson } from './canonical-json.js';
import { keyPair, type KeyPair } from './key-pair.js';
import { signedTransaction, type MockTransaction } from './transaction.js';

/** Options of a {@link BigchaindbMockChain}. */
export interface BigchaindbMockChainOptions {
  /** The same seed and the same calls give the same blocks. */
  readonly seed: number;
  /** People who own assets; default 8. */
  readonly users?: number;
  /** Newest blocks that are kept with their transactions; default 10 000. */
  readonly history?: number;
}

/** A committed block. */
export interface MockBigchaindbBlock {
  readonly height: number;
  /** SHA-256 over the one before and its transactions, 64 hex digits. */
  readonly hash: string;
  readonly transactions: readonly MockTransaction[];
}

/** An output that nobody has spent. */
interface Holding {
  readonly assetId: string;
  readonly transactionId: string;
  readonly outputIndex: number;
  readonly owner: KeyPair;
  readonly amount: bigint;
}

/** Nothing can be transferred. */
export class NoAssetError extends Error {
  override readonly name = 'NoAssetError';
}

/** Outputs that traffic may still spend; the oldest are left alone for good. */
const MOST_HOLDINGS = 1000;

export class BigchaindbMockChain {
  private readonly random: SeededRandom;
  private readonly users: readonly KeyPair[];
  private readonly history: number;
  private readonly blocks: MockBigchaindbBlock[] = [];
  private readonly byId = new Map<string, MockTransaction>();
  private readonly holdings: Holding[] = [];
  private serial = 0;

  /** @throws RangeError if an option cannot be used. */
  constructor({ seed, users = 8, history = 10_000 }: BigchaindbMockChainOptions) {
    for (const [name, count] of Object.entries({ users, history })) {
      if (!(Number.isInteger(count) && count >= 1)) {
        throw new RangeError(`${name} cannot be ${String(count)}`);
      }
    }
    this.random = new SeededRandom(seed, 'bigchaindb');
    this.history = history;
    this.users = Array.from({ length: users }, () => keyPair(this.random.bytes(32)));
    this.commit([]);
  }

  /** The newest block; at first the empty one of height 1. */
  get tip(): MockBigchaindbBlock {
    const tip = this.blocks.at(-1);
    if (tip === undefined) throw new Error('The chain has no block');
    return tip;
  }

  /** Base58 keys of the users. */
  get publicKeys(): readonly string[] {
    return this.users.map(({ publicKey }) => publicKey);
  }

  /** Whether there is anything to hand on. */
  get hasAssets(): boolean {
    return this.holdings.length > 0;
  }

  /** A block by height; undefined: not there yet, or forgotten. */
  block(height: number): MockBigchaindbBlock | undefined {
    const oldest = this.blocks[0]?.height ?? 0;
    return this.blocks[height - oldest];
  }

  /** A transaction of a block that is kept. */
  transaction(id: string): MockTransaction | undefined {
    return this.byId.get(id);
  }

  /** Makes an asset, for the next block. @param amount of shares of it; default 1 to 100. */
  create(amount = BigInt(this.random.between(1, 100))): MockTransaction {
    const owner = this.anyUser();
    return this.sign(owner, owner, amount, {
      operation: 'CREATE',
      asset: { data: { serial: `sluice/${String(++this.serial)}` } },
      fulfills: null,
    });
  }

  /**
   * Hands an asset on, for the next block.
   *
   * @param assetId default: any asset there is.
   * @throws NoAssetError if there is no such asset to hand on.
   */
  transfer(assetId?: string): MockTransaction {
    const fitting = this.holdings.filter(
      (holding) => assetId === undefined || holding.assetId === assetId,
    );
    const spent = fitting[this.random.below(fitting.length)];
    if (spent === undefined) {
      throw new NoAssetError(`There is no asset ${assetId ?? 'at all'} to hand on`);
    }
    this.holdings.splice(this.holdings.indexOf(spent), 1);
    return this.sign(spent.owner, this.anyUser(), spent.amount, {
      operation: 'TRANSFER',
      asset: { id: spent.assetId },
      fulfills: { output_index: spent.outputIndex, transaction_id: spent.transactionId },
    });
  }

  /** An election among the validators, for the next block. */
  elect(): MockTransaction {
    const owner = this.anyUser();
    return this.sign(owner, owner, 10n, {
      operation: 'VALIDATOR_ELECTION',
      asset: { data: { node_id: bytesToHex(this.random.bytes(20)), power: this.random.below(20) } },
      fulfills: null,
    });
  }

  /** Makes a block of transactions, in this order. */
  commit(transactions: readonly MockTransaction[]): MockBigchaindbBlock {
    const { height, hash: before } = this.blocks.at(-1) ?? { height: 0, hash: '' };
    const content = canonicalJson([before, height + 1, transactions.map(({ id }) => id)]);
    const hash = bytesToHex(sha256(utf8ToBytes(content)));
    const block = { height: height + 1, hash, transactions };
    this.blocks.push(block);
    for (const transaction of transactions) this.byId.set(transaction.id, transaction);
    this.forget();
    return block;
  }

  private sign(
    owner: KeyPair,
    receiver: KeyPair,
    amount: bigint,
    draft: Pick<Parameters<typeof signedTransaction>[0], 'operation' | 'asset' | 'fulfills'>,
  ): MockTransaction {
    const outputs = [{ publicKey: receiver.publicKey, amount }];
    const transaction = signedTransaction(
      { ...draft, outputs, metadata: { nonce: this.random.below(2 ** 32) } },
      owner,
    );
    if (draft.operation === 'VALIDATOR_ELECTION') return transaction;
    this.holdings.push({
      assetId: 'id' in draft.asset ? draft.asset.id : transaction.id,
      transactionId: transaction.id,
      outputIndex: 0,
      owner: receiver,
      amount,
    });
    if (this.holdings.length > MOST_HOLDINGS) this.holdings.shift();
    return transaction;
  }

  private anyUser(): KeyPair {
    const user = this.users[this.random.below(this.users.length)];
    if (user === undefined) throw new Error('The chain has no users');
    return user;
  }

  private forget(): void {
    while (this.blocks.length > this.history) {
      for (const { id } of this.blocks.shift()?.transactions ?? []) this.byId.delete(id);
    }
  }
}
