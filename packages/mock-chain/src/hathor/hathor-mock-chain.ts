import type { Hex32, SubmittedBlock, VertexData } from '@sluice/hathor';
import { vertexId } from '@sluice/hathor/codec';
import type { HathorNetwork, Transaction, Vertex } from '@sluice/hathor/codec';
import { SeededRandom } from '../random/seeded-random.js';
import { ChainState } from './chain-state.js';
import type { AcceptOptions } from './chain-state.js';
import type { ContractCall, ContractEngine } from './consensus/contract-engine.js';
import type { DagVertex } from './dag/dag-vertex.js';
import { announcements } from './events/announcements.js';
import type { MockChainEvent } from './events/chain-event.js';
import { vertexData } from './events/vertex-data.js';
import { assembleBlock, takeoverWeight, weightToExceed } from './mining/block-assembly.js';
import type { MineBlockOptions } from './mining/block-assembly.js';
import { confirmedParents, selectParents } from './mining/parent-selection.js';
import type { ParentPair } from './mining/parent-selection.js';
import { chainParameters, networkNamed } from './network/chain-parameters.js';
import type { ChainParameters, NetworkName } from './network/chain-parameters.js';
import { genesisKeys } from './network/genesis.js';
import { HathorNodeView } from './node/hathor-node-view.js';
import { ChainIndexes } from './indexes/chain-indexes.js';
import { decodePushed } from './verification/decode-pushed.js';
import { verifyPush } from './verification/push-rules.js';
import { VertexRejectedError } from './verification/vertex-rejected.error.js';
import { nextBlockWeight } from './verification/weights.js';
import { draftDoubleSpend } from './wallet/double-spend.js';
import type { DoubleSpendOptions } from './wallet/double-spend.js';
import { HdKeys } from './wallet/hd-keys.js';
import { MockWallet } from './wallet/mock-wallet.js';
import {
  buildTokenCreation,
  buildTransaction,
  draftRedemption,
  draftTransfer,
} from './wallet/payment.js';
import type { CreateTokenOptions, RedeemOptions, TransferOptions } from './wallet/payment.js';

/** Options of {@link HathorMockChain}; rules that are not given are the network's. */
export interface HathorMockChainOptions extends Partial<ChainParameters> {
  /** An integer. Keys, choices and therefore all hashes follow from it; genesis does not. */
  readonly seed: number;
  /** Default `privatenet`. */
  readonly network?: NetworkName;
  /** Unix seconds at which the chain's own clock starts; default, and at least, one second after genesis. */
  readonly startTime?: number;
  /**
   * A clock that the chain follows instead of having its own, Unix seconds. The chain's vertices are dated a second before
   * it, so that a wallet with the same clock can build upon them at once.
   */
  readonly clock?: () => number;
  /** Runs contract calls; by default all of them succeed and emit nothing. */
  readonly contracts?: ContractEngine;
}

/** What an added vertex may carry beside its bytes. */
export interface AddVertexOptions {
  /** Shown as the vertex's header and executed when a block confirms it. The codec has no headers: the id ignores it. */
  readonly call?: ContractCall;
}

/** What takes over in a reorg. */
export interface ReorgOptions {
  /** Blocks of the best chain that are abandoned for new ones, 1 … height. Default 1. Not together with `to`. */
  readonly depth?: number;
  /** A block outside the best chain: one more block on it makes its branch the best chain. */
  readonly to?: Hex32;
}

type Listener = (event: MockChainEvent) => void;

/** Seconds; leaves what a wallet's clock may be ahead between the next block and the limit. */
const IDLE_BLOCK_DISTANCE = 3600;

const NO_EVENTS: ContractEngine = () => ({ success: true, events: [] });

/**
 * A Hathor chain in memory: a DAG of blocks and transactions with real bytes, ids, signatures and proof of work, settled by
 * the reference's consensus rules. The same options and the same calls give the same vertices and the same events.
 */
export class HathorMockChain {
  /** The wallet that mines and pays; its words depend on the seed. */
  readonly wallet: MockWallet;
  /** The wallet behind the genesis output, with the same words (`GENESIS_WORDS`) on every network. */
  readonly genesisWallet: MockWallet;
  /** What a node's endpoints ask of a chain; it changes with the chain. */
  readonly node: HathorNodeView;
  readonly #state: ChainState;
  readonly #indexes: ChainIndexes;
  readonly #random: SeededRandom;
  readonly #listeners = new Set<Listener>();
  #announcing = false;

  constructor(options: HathorMockChainOptions) {
    const { seed, network: name = 'privatenet', contracts = NO_EVENTS } = options;
    const network = { ...networkNamed(name), name };
    const parameters = chainParameters(name, options);
    this.#state = new ChainState(network, parameters, contracts, options);
    this.#random = new SeededRandom(seed, 'hathor/parents');
    const entropy = new SeededRandom(seed, 'hathor/wallet').bytes(32);
    this.wallet = new MockWallet(HdKeys.fromEntropy(entropy), network);
    this.genesisWallet = new MockWallet(genesisKeys(), network);
    this.#indexes = new ChainIndexes(this.#state.dag, network);
    this.node = new HathorNodeView(this.#state, this.#indexes);
    for (const vertex of this.#state.dag.vertices()) this.#indexes.add(vertex);
    this.#observe(this.#state.dag.vertices());
  }

  /** Name and address bytes of the network. */
  get network(): HathorNetwork {
    return this.#state.network;
  }

  /** The rules in force. */
  get parameters(): ChainParameters {
    return this.#state.parameters;
  }

  /**
   * The chain's clock, Unix seconds: its own, which runs by {@link advance} and never stays behind the newest vertex, or the
   * one that it follows, which only vertices of the chain's own making can be ahead of for long.
   */
  get time(): number {
    return this.#state.now;
  }

  /** The best block. */
  get best(): VertexData {
    return this.#data(this.#state.dag.best);
  }

  get height(): number {
    return this.#state.dag.best.height;
  }

  /** Unconfirmed transactions that are not voided, in no particular order. */
  get mempool(): readonly VertexData[] {
    return Array.from(this.#state.dag.mempool, (vertex) => this.#data(vertex));
  }

  /** Number of vertices, genesis included. */
  get size(): number {
    return this.#state.dag.size;
  }

  /** All vertices as they are now, parents before children. */
  *vertices(): Generator<VertexData> {
    for (const vertex of this.#state.dag.vertices()) yield this.#data(vertex);
  }

  /** A vertex as it is now. */
  vertex(hash: Hex32): VertexData | undefined {
    const vertex = this.#state.dag.get(hash);
    return vertex && this.#data(vertex);
  }

  /** A vertex in the codec's form, for its bytes. */
  decoded(hash: Hex32): Vertex | undefined {
    return this.#state.dag.get(hash)?.vertex;
  }

  /** The best chain's block at a height. */
  blockAt(height: number): VertexData | undefined {
    const block = this.#state.dag.blockAt(height);
    return block && this.#data(block);
  }

  /**
   * Calls `listener` for everything that happens from now on, before the call that caused it returns, in the order of
   * contract 2.8. It may read the chain but not change it.
   *
   * @returns a function that ends it.
   */
  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lets the chain's own clock run; fractions allowed. Does nothing where the chain follows another clock. */
  advance(seconds: number): void {
    this.#state.advance(seconds);
  }

  /**
   * Dates the next vertices back, as far as those before them allow: a vertex is a second newer than what it builds upon,
   * and the last of so many shall not be ahead of the clock that the chain follows.
   */
  leaveRoom(vertices: number): void {
    this.#state.leaveRoom(vertices);
  }

  /**
   * Whether nobody has mined for so long that the next block would be too far from its parent, or nearly
   * (contract 3.5). {@link mineIdleBlock} bridges the gap.
   */
  get isIdle(): boolean {
    const { best } = this.#state.dag;
    return best.height > 0 && this.time > best.timestamp + IDLE_BLOCK_DISTANCE;
  }

  /** Mines a block as it would have been found while nobody drove this chain: an hour after the last one. */
  mineIdleBlock(): VertexData {
    return this.mineBlock({ time: this.#state.dag.best.timestamp + IDLE_BLOCK_DISTANCE });
  }

  /** Mines a block on the best chain, unless told otherwise. */
  mineBlock(options: MineBlockOptions = {}): VertexData {
    return this.addVertex(assembleBlock(this.#state, this.wallet, this.#random, options));
  }

  /**
   * Pays from the chain's wallet.
   *
   * @throws InsufficientFundsError
   */
  transfer(options: TransferOptions = {}): VertexData {
    const parents = this.#parents(options.parents);
    const draft = draftTransfer(this.#state, this.wallet, parents, options);
    return this.addVertex(buildTransaction(this.#state, draft), options);
  }

  /**
   * Pays from the genesis wallet, as a faucet does; to the chain's wallet unless told otherwise.
   *
   * @throws InsufficientFundsError
   */
  payFromGenesis(options: TransferOptions = {}): VertexData {
    const parents = this.#parents(options.parents);
    const payment = { to: this.wallet.nextAddress(), ...options };
    const draft = draftTransfer(this.#state, this.genesisWallet, parents, payment);
    return this.addVertex(buildTransaction(this.#state, draft));
  }

  /**
   * Spends an output that has no address, by the input data that its script wants.
   *
   * @throws VertexRejectedError if the script wants something else.
   */
  redeem(options: RedeemOptions): VertexData {
    const draft = draftRedemption(this.#state, this.wallet, this.#parents(), options);
    return this.addVertex(buildTransaction(this.#state, draft));
  }

  /**
   * Creates a token whose whole amount and both authorities go to the wallet.
   *
   * @throws InsufficientFundsError
   */
  createToken(options: CreateTokenOptions): VertexData {
    return this.addVertex(buildTokenCreation(this.#state, this.wallet, this.#parents(), options));
  }

  /**
   * Spends the inputs of a transaction of one of the wallets once more. With less weight than the first transaction the new one is
   * voided, with more it voids the first one, with equal weight both are voided.
   *
   * @throws RangeError if the transaction is unknown or spends what neither wallet has keys for.
   */
  doubleSpend(options: DoubleSpendOptions): VertexData {
    const draft = draftDoubleSpend(this.#state, [this.wallet, this.genesisWallet], options);
    return this.addVertex(buildTransaction(this.#state, draft));
  }

  /**
   * Mines a side chain from `depth` blocks below the head, or goes on with the side chain that is named; its last block is
   * heavy enough to take over.
   *
   * @returns the new best block.
   * @throws RangeError if the chain is too short, or the block that is named is no head of a side chain.
   */
  reorg({ depth = 1, to }: ReorgOptions = {}): VertexData {
    if (to !== undefined) return this.#continueBranch(to);
    const { dag, genesisTransactions } = this.#state;
    const common = dag.blockAt(dag.best.height - depth);
    if (common === undefined || depth < 1) throw new RangeError(`no ${depth} blocks to abandon`);
    const [first, second] = confirmedParents(common, genesisTransactions);
    const transactions = [first.hash, second.hash] as const;
    let parent = common;
    for (let left = depth; left > 0; left--) {
      const least = nextBlockWeight(parent, this.parameters);
      // The side chain has no transactions of its own: its last block makes up for those of the best chain.
      const weight =
        left === 1 ? Math.max(least, weightToExceed(dag.best.score, parent.score)) : least;
      const { hash } = this.mineBlock({ parent: parent.hash, transactions, weight });
      parent = dag.require(hash);
    }
    return this.#data(parent);
  }

  /**
   * Takes in a vertex from anywhere, after checking all rules.
   *
   * @throws VertexRejectedError if it breaks one; nothing has changed then.
   */
  addVertex(vertex: Vertex, { call }: AddVertexOptions = {}): VertexData {
    return this.#accept(vertex, { call });
  }

  /**
   * Takes in a transaction from a wallet, in the form in which nodes exchange it. Unlike {@link addVertex} it refuses what
   * could only lose a conflict, and scripts that no wallet makes.
   *
   * @throws VertexRejectedError if that is not what the bytes are; nothing has changed then.
   */
  pushTransaction(bytes: Uint8Array): VertexData {
    const transaction = decodePushed(bytes);
    const hash = vertexId(transaction);
    const { dag, parameters, network } = this.#state;
    if (dag.get(hash) !== undefined) {
      throw new VertexRejectedError('DUPLICATE', `Transaction already exists ${hash}`);
    }
    verifyPush(transaction, dag, parameters, network);
    return this.#accept(transaction, { isForeign: true });
  }

  /**
   * Takes in a block from a miner. Unlike {@link addVertex}, which takes blocks on any other, it must be on the best one.
   *
   * @returns `stale` if it is not, or if the block is already there; looked at before anything else.
   * @throws VertexRejectedError if the block breaks a rule; nothing has changed then.
   */
  submitBlock({ block, id }: SubmittedBlock): 'accepted' | 'stale' {
    const { dag } = this.#state;
    if (block.parents[0] !== dag.best.hash || dag.get(id) !== undefined) return 'stale';
    this.#accept(block, { isForeign: true });
    return 'accepted';
  }

  /**
   * What a wallet's transaction needs from the chain before its proof of work: parents, as the reference chooses them unless
   * they are given, and a time that is later than that of everything it refers to.
   */
  placeFor(
    { inputs }: Transaction,
    parents?: readonly Hex32[],
  ): { readonly parents: readonly Hex32[]; readonly timestamp: number } {
    const chosen = parents ?? this.#parents().map(({ hash }) => hash);
    const older = [...chosen, ...inputs.map(({ txId }) => txId)];
    const times = older.map((hash) => this.#state.dag.get(hash)?.timestamp ?? 0);
    return {
      parents: chosen,
      timestamp: Math.max(Math.floor(this.time), ...times.map((t) => t + 1)),
    };
  }

  #accept(vertex: Vertex, options: AcceptOptions): VertexData {
    if (this.#announcing) throw new Error('a listener must not change the chain');
    const accepted = this.#state.accept(vertex, options);
    const { affected, removed } = accepted.outcome;
    this.#indexes.add(accepted.vertex);
    for (const gone of removed) this.#indexes.remove(gone);
    for (const changed of affected) this.#indexes.refresh(changed);
    this.#observe([accepted.vertex, ...affected, ...removed]);
    const time = this.time;
    this.#announcing = true;
    try {
      for (const event of announcements(accepted.vertex, accepted.outcome, this.network)) {
        for (const listener of this.#listeners) listener({ ...event, time });
      }
    } finally {
      this.#announcing = false;
    }
    return this.#data(accepted.vertex);
  }

  #continueBranch(to: Hex32): VertexData {
    const head = this.#state.dag.get(to);
    if (head?.isBlock !== true) throw new RangeError(`no block ${to}`);
    if (!head.isVoided) throw new RangeError(`block ${to} is in the best chain`);
    return this.mineBlock({ parent: to, weight: takeoverWeight(this.#state, head) });
  }

  #observe(changed: Iterable<DagVertex>): void {
    const vertices = [...changed];
    this.wallet.observe(vertices, this.#state.dag);
    this.genesisWallet.observe(vertices, this.#state.dag);
  }

  #parents(hashes?: readonly [Hex32, Hex32]): ParentPair {
    const { dag } = this.#state;
    if (hashes === undefined) return selectParents(this.#state, this.#random);
    return [dag.require(hashes[0]), dag.require(hashes[1])];
  }

  #data(vertex: DagVertex): VertexData {
    return vertexData(vertex, this.network);
  }
}
