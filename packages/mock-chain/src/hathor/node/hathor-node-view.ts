import { encodeVertex } from '@sluice/hathor/codec';
import type {
  BlockPlace,
  BlockTemplate,
  ChainDashboard,
  ChainSummary,
  HathorMiningChain,
  Hex32,
  HistoryVertex,
  MiningInfo,
  NetworkSettings,
  NodeVertex,
  SubmittedBlock,
  TokenDetails,
  TokenListing,
  VertexData,
  VertexPage,
  VertexPageQuery,
} from '@sluice/hathor';
import type { ChainState } from '../chain-state.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import { vertexData } from '../events/vertex-data.js';
import type { ChainIndexes } from '../indexes/chain-indexes.js';
import type { SortedVertices } from '../indexes/sorted-vertices.js';
import { blockTemplate } from '../mining/block-template.js';
import { parentChoice } from '../mining/parent-selection.js';
import { minedTokens } from '../verification/weights.js';
import { historyVertex } from './history-vertex.js';
import { TokenView } from './token-view.js';

/** As many blocks as a node shows in its status. */
const STATUS_BLOCKS = 10;

/** What a node's endpoints ask of a chain, answered from memory: the port of `@sluice/hathor` but for what changes the chain. */
export class HathorNodeView implements Omit<
  HathorMiningChain,
  'submitTransaction' | 'submitBlock' | 'syncTrouble'
> {
  readonly #state: ChainState;
  readonly #indexes: ChainIndexes;
  readonly #tokens: TokenView;

  constructor(state: ChainState, indexes: ChainIndexes) {
    this.#state = state;
    this.#indexes = indexes;
    this.#tokens = new TokenView(state.dag, indexes.tokens);
  }

  *vertices(): Generator<VertexData> {
    const { dag, network } = this.#state;
    for (const vertex of dag.vertices()) yield vertexData(vertex, network);
  }

  *addressHistory(address: string, after?: string): Generator<HistoryVertex> {
    const start = after === undefined ? undefined : this.#state.dag.get(after);
    const vertices = this.#indexes.ofAddress(address)?.ascending(start) ?? [];
    for (const vertex of vertices) yield this.#history(vertex);
  }

  isAddressUsed(address: string): boolean {
    return this.#indexes.ofAddress(address) !== undefined;
  }

  historyVertex(id: string): HistoryVertex | undefined {
    const vertex = this.#state.dag.get(id);
    return vertex && this.#history(vertex);
  }

  dashboard(): ChainDashboard {
    const { dag, parameters } = this.#state;
    const { weight } = (this.#indexes.newestBlock ?? dag.best).vertex;
    return {
      transactions: this.#indexes.transactions.size,
      blocks: this.#indexes.blocks.size,
      best_block_height: dag.best.height,
      hash_rate: 2 ** (weight - Math.log2(parameters.averageBlockTime)),
      peers: 0,
    };
  }

  networkSettings(): NetworkSettings {
    const { parameters, dag, genesisTransactions } = this.#state;
    const [first, second] = genesisTransactions;
    return {
      min_tx_weight: parameters.minTxWeight,
      min_tx_weight_coefficient: parameters.minTxWeightCoefficient,
      min_tx_weight_k: parameters.minTxWeightK,
      reward_spend_min_blocks: parameters.rewardSpendMinBlocks,
      genesis_block_hash: dag.blockAt(0)?.hash ?? '',
      genesis_tx1_hash: first.hash,
      genesis_tx2_hash: second.hash,
    };
  }

  summary(): ChainSummary {
    const { dag } = this.#state;
    const newest = [this.#indexes.blocks, this.#indexes.transactions].map(
      (list) => list.page(1).vertices[0]?.timestamp ?? 0,
    );
    const best_blockchain: [BlockPlace, ...BlockPlace[]] = [placeOf(dag.best)];
    for (let height = dag.best.height - 1; height >= 0; height--) {
      const block = dag.blockAt(height);
      if (block === undefined || best_blockchain.length === STATUS_BLOCKS) break;
      best_blockchain.push(placeOf(block));
    }
    return {
      first_timestamp: dag.blockAt(0)?.timestamp ?? 0,
      latest_timestamp: Math.max(...newest),
      best_blockchain,
    };
  }

  nodeVertex(id: string): NodeVertex | undefined {
    const { dag, network } = this.#state;
    const vertex = dag.get(id);
    return (
      vertex && {
        data: vertexData(vertex, network),
        bytes: encodeVertex(vertex.vertex),
        children: vertex.children.map(({ hash }) => hash),
        min_height: vertex.minHeight,
        first_block_height: vertex.firstBlock?.height ?? null,
      }
    );
  }

  vertexPage({ of, count, from }: VertexPageQuery): VertexPage {
    const list = typeof of === 'string' ? this.#indexes[of] : this.#ofToken(of.token);
    if (list === undefined) return { vertices: [], has_more: false };
    const start = from && {
      towards: from.towards,
      place: { timestamp: from.timestamp, hash: from.id },
    };
    const { vertices, hasMore } = list.page(count, start);
    return { vertices: vertices.map((vertex) => this.#history(vertex)), has_more: hasMore };
  }

  token(uid: string): TokenDetails | undefined {
    return this.#tokens.details(uid);
  }

  tokens(limit: number): readonly TokenListing[] {
    return this.#tokens.list(limit);
  }

  canMine(): boolean {
    return true;
  }

  templates(): readonly BlockTemplate[] {
    return [blockTemplate(this.#state, this.#state.dag.best)];
  }

  /** @throws Error if the block is not stored. */
  templateOn({ id }: SubmittedBlock): BlockTemplate {
    return blockTemplate(this.#state, this.#state.dag.require(id));
  }

  transactionParents(): readonly [Hex32, Hex32] {
    const { required, any } = parentChoice(this.#state);
    const [first, second] = [...required, ...any];
    if (first === undefined || second === undefined) throw new Error('two parents needed');
    return [first.hash, second.hash];
  }

  miningInfo(): MiningInfo {
    const { dag, parameters } = this.#state;
    const { height, vertex } = dag.best;
    return { height, weight: vertex.weight, mined_tokens: minedTokens(height, parameters) };
  }

  #ofToken(uid: string): SortedVertices | undefined {
    return this.#indexes.tokens.get(uid)?.vertices;
  }

  #history(vertex: DagVertex): HistoryVertex {
    return historyVertex(vertex, this.#state.dag, this.#state.network);
  }
}

function placeOf({ hash, height }: DagVertex): BlockPlace {
  return { hash, height };
}
