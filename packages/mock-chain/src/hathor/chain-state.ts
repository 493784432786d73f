import { isBlock, vertexId, weightToWork } from '@sluice/hathor/codec';
import type { HathorNetwork, Vertex } from '@sluice/hathor/codec';
import type { ContractCall, ContractEngine } from './consensus/contract-engine.js';
import { runConsensus } from './consensus/run-consensus.js';
import type { ConsensusOutcome } from './consensus/run-consensus.js';
import { Dag } from './dag/dag.js';
import { DagVertex } from './dag/dag-vertex.js';
import type { ParentPair } from './mining/parent-selection.js';
import type { ChainParameters } from './network/chain-parameters.js';
import { genesisOf } from './network/genesis.js';
import type { NetworkName } from './network/chain-parameters.js';
import { inCodecTerms } from './verification/vertex-rejected.error.js';
import { verifyVertex } from './verification/verify-vertex.js';

/** A vertex that was accepted, and what that changed. */
export interface Acceptance {
  readonly vertex: DagVertex;
  readonly outcome: ConsensusOutcome;
}

/** How a vertex came. */
export interface AcceptOptions {
  readonly call?: ContractCall | undefined;
  /** Whether somebody outside has made it, which is when the chain's clock decides whether it is too far ahead. Default false. */
  readonly isForeign?: boolean;
}

/** Where a chain's time comes from. */
export interface ChainTime {
  /** Unix seconds at which the chain's own clock starts; without effect where it follows another one. */
  readonly startTime?: number | undefined;
  /** A clock that the chain follows, Unix seconds; absent: it has its own. */
  readonly clock?: (() => number) | undefined;
}

/** A chain that follows a clock stays so many seconds behind it: what is made at once from a new vertex is newer then. */
const LAG = 1;

/** Seconds, a year: bridging a wider gap takes more blocks than it is worth. */
const WIDEST_GAP = 365 * 86_400;

/** The DAG with its rules and its clock: everything but wallets and listeners. */
export class ChainState {
  readonly dag = new Dag();
  readonly genesisTransactions: ParentPair;
  readonly #clock: (() => number) | undefined;
  /** The chain's own clock; of a chain that follows another one, the time up to which its own vertices have got. */
  #now: number;
  /** Time of the newest vertex. */
  #newest: number;
  /** Seconds by which the next vertex is dated back. */
  #room = LAG;

  constructor(
    readonly network: HathorNetwork & { readonly name: NetworkName },
    readonly parameters: ChainParameters,
    private readonly engine: ContractEngine,
    { startTime = 0, clock }: ChainTime,
  ) {
    this.#clock = clock;
    const [block, first, second] = genesisOf(network.name).map((vertex) =>
      this.#addGenesis(vertex),
    );
    if (block === undefined || first === undefined || second === undefined) {
      throw new Error('a genesis is a block and two transactions');
    }
    this.dag.setBest(block);
    this.genesisTransactions = [first, second];
    this.#newest = second.timestamp;
    this.#now = Math.max(clock === undefined ? startTime : 0, second.timestamp + 1);
  }

  /** Unix seconds, with fractions. Where another clock is followed, vertices from outside may be ahead of it. */
  get now(): number {
    return Math.max(this.#now, this.#followed ?? 0);
  }

  /** The time for a vertex that the chain makes now, if what it refers to is older. Whole seconds. */
  get nextTime(): number {
    return Math.floor(Math.max(this.#now, (this.#followed ?? 0) - this.#room));
  }

  advance(seconds: number): void {
    if (!(seconds >= 0)) throw new RangeError(`time does not go back: ${seconds}`);
    if (this.#followed === undefined) this.#now += seconds;
  }

  /**
   * The time that the chain follows. A miner may have dated the first block as early as the rules allow, years ago, and
   * blocks must not be far from their parents: such a chain goes by its own clock.
   */
  get #followed(): number | undefined {
    const time = this.#clock?.();
    const { height, timestamp } = this.dag.best;
    return time !== undefined && height > 0 && time - timestamp > WIDEST_GAP ? undefined : time;
  }

  leaveRoom(vertices: number): void {
    this.#room = Math.max(LAG, vertices);
  }

  /**
   * Verifies a vertex, adds it and settles it.
   *
   * @throws VertexRejectedError if the vertex breaks a rule; nothing has changed then.
   */
  accept(vertex: Vertex, { call, isForeign = false }: AcceptOptions = {}): Acceptance {
    const hash = inCodecTerms(() => vertexId(vertex));
    const { dag, parameters } = this;
    // What the chain makes itself must be newer than what miners have dated ahead: it need not wait for the clock.
    const now = isForeign ? this.now : Math.max(this.now, this.#newest);
    const { parents, spent } = verifyVertex(vertex, hash, { dag, parameters, now });
    const height = isBlock(vertex) ? (parents[0]?.height ?? 0) + 1 : 0;
    const added = new DagVertex({
      ...described(vertex),
      hash,
      height,
      minHeight: leastHeight(parents, spent, parameters.rewardSpendMinBlocks),
      parents,
      spent,
      call,
    });
    dag.add(added);
    const { rewardSpendMinBlocks } = parameters;
    const outcome = runConsensus(dag, added, { rewardSpendMinBlocks, engine: this.engine });
    this.#room = Math.max(LAG, this.#room - 1);
    this.#newest = Math.max(this.#newest, vertex.timestamp);
    this.#moveTo(vertex.timestamp, isForeign);
    return { vertex: added, outcome };
  }

  /**
   * The chain's own clock goes along with every vertex. Another clock is not for miners to move, or they could date block
   * after block further ahead: the chain's own vertices, made faster than one a second, bring it on by a second each.
   */
  #moveTo(timestamp: number, isForeign: boolean): void {
    if (this.#followed === undefined) this.#now = Math.max(this.#now, timestamp);
    else if (!isForeign) this.#now = Math.max(this.#now, Math.min(timestamp, this.now + 1));
  }

  #addGenesis(vertex: Vertex): DagVertex {
    const added = new DagVertex({
      ...described(vertex),
      hash: vertexId(vertex),
      height: 0,
      minHeight: 0,
      parents: [],
      spent: [],
    });
    added.score = added.work;
    this.dag.add(added);
    return added;
  }
}

/** What a vertex inherits, and what the rewards that it spends ask for by themselves. */
function leastHeight(
  parents: readonly DagVertex[],
  spent: readonly DagVertex[],
  rewardSpendMinBlocks: number,
): number {
  const inherited = [...parents, ...spent].map(({ minHeight }) => minHeight);
  const unlocked = spent
    .filter(({ isBlock: isReward }) => isReward)
    .map(({ height }) => height + rewardSpendMinBlocks + 1);
  return Math.max(...inherited, ...unlocked);
}

function described(vertex: Vertex): { vertex: Vertex; work: bigint; isBlock: boolean } {
  return { vertex, work: weightToWork(vertex.weight), isBlock: isBlock(vertex) };
}
