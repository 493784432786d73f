import { describe, expect, it } from '@jest/globals';
import { eventTable } from '../../../test/support/event-table.js';
import { hathorScenario, hathorScenarioNames } from './hathor-scenario.js';
import type { HathorScenarioName } from './hathor-scenario.js';

/** The events of one accepted vertex outside a reorg: what changed, and the vertex. */
function accepted(vertex: string, ...changed: string[]): string[] {
  return [...changed.map((name) => `- VMC ${name}`), `- NVA ${vertex}`];
}

const block1 = accepted('block 1', 'block 1', 'genesis tx2', 'genesis tx1', 'genesis');
const blocks1to11 = [
  ...block1,
  ...Array.from({ length: 10 }, (_, index) => `block ${index + 2}`).flatMap((block) =>
    accepted(block, block),
  ),
];
const chainOfTwo = [
  ...blocks1to11,
  ...accepted('tx1', 'tx1', 'block 1'),
  ...accepted('tx2', 'tx2', 'tx1'),
  ...accepted('block 12', 'block 12', 'tx2', 'tx1'),
];
const fundedWallet = [...block1, ...accepted('dummy', 'dummy', 'genesis')];

/** The tables of contract 2.10 from the first event after the load phase on. */
const tables: Readonly<Record<HathorScenarioName, readonly string[]>> = {
  ONLY_LOAD: [],
  SINGLE_CHAIN_ONE_BLOCK: block1,
  SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS: chainOfTwo,
  REORG: [
    ...block1,
    ...accepted('challenger 1', 'challenger 1'),
    '0 REORG_STARTED',
    '0 VMC block 1',
    '0 VMC challenger 2',
    '0 VMC challenger 1',
    '0 VMC genesis tx2',
    '0 VMC genesis tx1',
    '0 REORG_FINISHED',
    '- NVA challenger 2',
  ],
  UNVOIDED_TRANSACTION: [
    ...blocks1to11,
    ...accepted('tx', 'tx', 'block 1'),
    ...accepted('twin', 'twin', 'tx', 'block 1'),
    ...accepted('block 12', 'tx', 'block 12', 'twin'),
  ],
  INVALID_MEMPOOL_TRANSACTION: [
    ...blocks1to11,
    ...accepted('tx', 'tx', 'block 1'),
    '0 REORG_STARTED',
    '0 VMC block 11',
    '0 VMC block 10',
    '0 VMC replacement',
    '0 VMC block 1',
    '0 VMC genesis tx2',
    '0 VMC genesis tx1',
    '0 VERTEX_REMOVED tx',
    '0 REORG_FINISHED',
    '- NVA replacement',
  ],
  EMPTY_SCRIPT: chainOfTwo,
  CUSTOM_SCRIPT: chainOfTwo,
  NC_EVENTS: [
    ...fundedWallet,
    ...accepted('nc1', 'nc1', 'dummy'),
    ...accepted('nc2', 'nc2', 'nc1'),
    ...accepted('nc3', 'nc3', 'nc1'),
    ...accepted('nc4', 'nc4', 'nc2'),
    '- VMC b2',
    '- VMC nc2',
    '- VMC nc1',
    '- VMC dummy',
    '- NC_EVENT nc1',
    '- NC_EVENT nc2',
    '- NVA b2',
    '- VMC nc4',
    '- VMC b3',
    '- VMC nc3',
    '- NC_EVENT nc3',
    '- NC_EVENT nc3',
    '- NVA b3',
  ],
  NC_EVENTS_REORG: [
    ...fundedWallet,
    ...accepted('nc1', 'nc1', 'dummy'),
    '- VMC b2',
    '- VMC nc1',
    '- VMC dummy',
    '- NC_EVENT nc1',
    '- NVA b2',
    ...accepted('a2', 'a2'),
    '0 REORG_STARTED',
    ...['b2', 'a3', 'a2', 'nc1', 'dummy'].map((name) => `0 VMC ${name}`),
    '0 NC_EVENT nc1',
    '0 REORG_FINISHED',
    '- NVA a3',
    ...accepted('b3', 'b3'),
    '1 REORG_STARTED',
    ...['a3', 'a2', 'b4', 'b3', 'b2', 'nc1', 'dummy'].map((name) => `1 VMC ${name}`),
    '1 NC_EVENT nc1',
    '1 REORG_FINISHED',
    '- NVA b4',
  ],
};

/** LOAD_STARTED, the three genesis vertices, LOAD_FINISHED. */
const LOAD_EVENTS = 5;

/** Contract 7.82. */
const sizes: Readonly<Record<HathorScenarioName, number>> = {
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

describe('hathorScenario', () => {
  it.each(hathorScenarioNames)('%s has the events, vertices and groups of its table', (name) => {
    const { events, names, loaded } = hathorScenario(name);
    expect(eventTable(events, names)).toEqual(tables[name]);
    expect(loaded.length + 2).toBe(LOAD_EVENTS);
    expect(events.length + LOAD_EVENTS).toBe(sizes[name]);
  });

  it.each(hathorScenarioNames)('%s follows the same table with another odd seed', (name) => {
    const { events, names } = hathorScenario(name, { seed: 77 });
    expect(eventTable(events, names)).toEqual(tables[name]);
  });

  it('lets the first competing block of REORG win at once with an even seed', () => {
    const { events, names } = hathorScenario('REORG', { seed: 2 });
    expect(events.length + LOAD_EVENTS).toBe(19);
    expect(eventTable(events, names).slice(block1.length)).toEqual([
      '0 REORG_STARTED',
      '0 VMC block 1',
      '0 VMC challenger 1',
      '0 VMC genesis tx2',
      '0 VMC genesis tx1',
      '0 REORG_FINISHED',
      '- NVA challenger 1',
      ...accepted('challenger 2', 'challenger 2'),
    ]);
  });

  it('gives the same events for the same seed and other hashes for another one', () => {
    const of = (seed: number) => hathorScenario('SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS', { seed });
    expect(of(1).events).toEqual(of(1).events);
    const hashes = (seed: number) => [...of(seed).names.values()].slice(3);
    expect(hashes(1).filter((hash) => hashes(3).includes(hash))).toEqual([]);
  });
});
