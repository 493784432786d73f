import type { Hex32, VertexData } from '@sluice/hathor';
import type { MockChainEvent } from '../events/chain-event.js';
import { HathorMockChain } from '../hathor-mock-chain.js';
import { ncEvents, ncEventsReorg, scenarioContracts } from './contract.scenarios.js';
import { invalidMempoolTransaction, reorg, unvoidedTransaction } from './reorg.scenarios.js';
import { ScenarioStage } from './scenario-stage.js';
import {
  blocksAndTransactions,
  customScript,
  emptyScript,
  oneBlock,
  onlyLoad,
} from './single-chain.scenarios.js';

/** How a scenario plays, and the rule that differs from network `unittests`. */
interface ScenarioScript {
  readonly play: (stage: ScenarioStage) => void;
  readonly rewardSpendMinBlocks?: number;
}

const scripts = {
  ONLY_LOAD: { play: onlyLoad },
  SINGLE_CHAIN_ONE_BLOCK: { play: oneBlock },
  SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS: { play: blocksAndTransactions },
  REORG: { play: reorg },
  UNVOIDED_TRANSACTION: { play: unvoidedTransaction },
  INVALID_MEMPOOL_TRANSACTION: { play: invalidMempoolTransaction },
  EMPTY_SCRIPT: { play: emptyScript },
  CUSTOM_SCRIPT: { play: customScript },
  NC_EVENTS: { play: ncEvents, rewardSpendMinBlocks: 1 },
  NC_EVENTS_REORG: { play: ncEventsReorg, rewardSpendMinBlocks: 1 },
} as const satisfies Record<string, ScenarioScript>;

/** A scenario of the reference's event simulator (contract 2.10). */
export type HathorScenarioName = keyof typeof scripts;

/** All scenarios, in the contract's order. */
export const hathorScenarioNames = Object.keys(scripts) as readonly HathorScenarioName[];

/** A scenario that has been played to its end. */
export interface HathorScenario {
  readonly name: HathorScenarioName;
  readonly seed: number;
  readonly peerId: 'simulator_peer_id';
  readonly streamId: 'simulator_stream_id';
  readonly network: 'unittests';
  /** The chain at the end. */
  readonly chain: HathorMockChain;
  /** Chain time of the load phase. */
  readonly loadTime: number;
  /** What the load phase finds: the three genesis vertices, as they were then. */
  readonly loaded: readonly VertexData[];
  /** Everything that happened after the load phase. */
  readonly events: readonly MockChainEvent[];
  /** The vertices of the story by name, for example `tx1`, `block 12`, `challenger 1`. */
  readonly names: ReadonlyMap<string, Hex32>;
}

/** The clock of the reference's simulator at the load phase and at the first block. */
const LOAD_TIME = 1_574_894_200;
const FIRST_ACT = 30;

/** Scenarios whose story does not depend on a fresh chain. */
export const playableScenarioNames = [
  'SINGLE_CHAIN_ONE_BLOCK',
  'SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS',
  'REORG',
  'UNVOIDED_TRANSACTION',
  'EMPTY_SCRIPT',
  'CUSTOM_SCRIPT',
] as const satisfies readonly HathorScenarioName[];

/** See {@link playableScenarioNames}. */
export type PlayableScenarioName = (typeof playableScenarioNames)[number];

/**
 * Plays a scenario's story on a chain that has a history. What wallet and mempool hold besides shows in the events, so they
 * are not to the letter those of the table.
 */
export function playScenario(chain: HathorMockChain, name: PlayableScenarioName): void {
  scripts[name].play(new ScenarioStage(chain, false));
}

export function isHathorScenario(name: string): name is HathorScenarioName {
  return Object.hasOwn(scripts, name);
}

/**
 * Plays a scenario. The same seed gives the same events; odd seeds follow the contract's tables, and with even seeds a block
 * that ties with the best one in score wins the tie (as with seed 2 of the reference), so that the two reorg
 * scenarios take another course.
 *
 * @param options - `seed`: default 1, which the reference's users have.
 */
export function hathorScenario(
  name: HathorScenarioName,
  { seed = 1 }: { readonly seed?: number } = {},
): HathorScenario {
  const { play, ...rules }: ScenarioScript = scripts[name];
  const network = 'unittests';
  const chain = new HathorMockChain({
    seed,
    network,
    startTime: LOAD_TIME,
    contracts: scenarioContracts,
    ...rules,
  });
  const loaded = [...chain.vertices()];
  const events: MockChainEvent[] = [];
  chain.on((event) => events.push(event));
  const stage = new ScenarioStage(chain, seed % 2 === 0);
  chain.advance(FIRST_ACT);
  play(stage);
  return {
    name,
    seed,
    peerId: 'simulator_peer_id',
    streamId: 'simulator_stream_id',
    network,
    chain,
    loadTime: LOAD_TIME,
    loaded,
    events,
    names: stage.names,
  };
}
