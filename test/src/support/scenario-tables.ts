/** The event tables of contract 2.10, for seed 1. */

const SHORT = {
  LS: 'LOAD_STARTED',
  LF: 'LOAD_FINISHED',
  NVA: 'NEW_VERTEX_ACCEPTED',
  VMC: 'VERTEX_METADATA_CHANGED',
  RS: 'REORG_STARTED',
  RF: 'REORG_FINISHED',
  VR: 'VERTEX_REMOVED',
  NC: 'NC_EVENT',
} as const;

/** Type and group of one event. */
export type ScenarioRow = readonly [type: string, group: number | null];

const LOAD = 'LS NVA NVA NVA LF';
const BLOCK_1 = 'VMC VMC VMC VMC NVA';
const BLOCKS_1_TO_11 = `${BLOCK_1}${' VMC NVA'.repeat(10)}`;
const TX = 'VMC VMC NVA';
const BLOCKS_AND_TRANSACTIONS = `${LOAD} ${BLOCKS_1_TO_11} ${TX} ${TX} VMC VMC VMC NVA`;

const TABLES = {
  ONLY_LOAD: LOAD,
  SINGLE_CHAIN_ONE_BLOCK: `${LOAD} ${BLOCK_1}`,
  SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS: BLOCKS_AND_TRANSACTIONS,
  REORG: `${LOAD} ${BLOCK_1} VMC NVA RS VMC VMC VMC VMC VMC RF NVA`,
  UNVOIDED_TRANSACTION: `${LOAD} ${BLOCKS_1_TO_11} ${TX} VMC VMC VMC NVA VMC VMC VMC NVA`,
  INVALID_MEMPOOL_TRANSACTION: `${LOAD} ${BLOCKS_1_TO_11} ${TX} RS VMC VMC VMC VMC VMC VMC VR RF NVA`,
  EMPTY_SCRIPT: BLOCKS_AND_TRANSACTIONS,
  CUSTOM_SCRIPT: BLOCKS_AND_TRANSACTIONS,
  NC_EVENTS: `${LOAD} ${BLOCK_1} ${TX} ${TX} ${TX} ${TX} ${TX} VMC VMC VMC VMC NC NC NVA VMC VMC VMC NC NC NVA`,
  NC_EVENTS_REORG:
    `${LOAD} ${BLOCK_1} ${TX} ${TX} VMC VMC VMC NC NVA VMC NVA RS VMC VMC VMC VMC VMC NC RF NVA` +
    ' VMC NVA RS VMC VMC VMC VMC VMC VMC VMC NC RF NVA',
} as const;

/** Number of events that contract 2.10 gives for each scenario. */
export const SCENARIO_SIZES: Readonly<Record<keyof typeof TABLES, number>> = {
  ONLY_LOAD: 5,
  SINGLE_CHAIN_ONE_BLOCK: 10,
  SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS: 40,
  REORG: 20,
  UNVOIDED_TRANSACTION: 41,
  INVALID_MEMPOOL_TRANSACTION: 43,
  EMPTY_SCRIPT: 40,
  CUSTOM_SCRIPT: 40,
  NC_EVENTS: 38,
  NC_EVENTS_REORG: 45,
};

/** Ids of the first and last event of each group, by group. */
const GROUPS: Readonly<
  Partial<Record<keyof typeof TABLES, readonly (readonly [number, number])[]>>
> = {
  REORG: [[12, 18]],
  INVALID_MEMPOOL_TRANSACTION: [[33, 41]],
  NC_EVENTS_REORG: [
    [23, 30],
    [34, 43],
  ],
};

/** The table of a scenario, in id order. */
export function scenarioTable(name: keyof typeof TABLES): readonly ScenarioRow[] {
  const groups = GROUPS[name] ?? [];
  return TABLES[name].split(' ').map((short, id) => {
    const group = groups.findIndex(([first, last]) => first <= id && id <= last);
    return [SHORT[short as keyof typeof SHORT], group === -1 ? null : group];
  });
}

export const SCENARIO_NAMES = Object.keys(TABLES) as readonly (keyof typeof TABLES)[];
