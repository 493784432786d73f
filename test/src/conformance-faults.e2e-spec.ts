/** Servers that break one rule each: the checks of that rule fail, and no others. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Dialect } from '@sluice/conformance';
import {
  AlteringProxy,
  alterCloses,
  alterTexts,
  passed,
  type Alteration,
  type ServerFrame,
} from './support/altering-proxy.js';
import { judge, placeOf } from './support/conformance-run.js';
import { SamplePool } from './support/sample-pool.js';
import type { SampleProcess } from './support/sample-process.js';

const samples = new SamplePool();
let sample: SampleProcess;
let proxy: AlteringProxy | undefined;

beforeAll(async () => {
  sample = await samples.start(['--log', 'memory']);
});
afterEach(async () => {
  await proxy?.stop();
  proxy = undefined;
});
afterAll(() => samples.endAll());

/** A fault, and the sections whose checks find it. */
interface Fault {
  readonly fault: string;
  readonly alteration: () => Alteration;
  readonly found: readonly string[];
}

const replaced = (from: string | RegExp, to: string) => () =>
  alterTexts((text) => text.replace(from, to));

const recoded = (from: number, to: number) => () =>
  alterCloses((code) => (code === from ? to : (code ?? 1000)));

/** Text messages that contain a text come after the next that contains another one. */
const heldBack = (held: string, until: string) => () => {
  const kept: Uint8Array[] = [];
  return (given: ServerFrame): readonly Uint8Array[] => {
    if (given.opcode === 1 && given.text.includes(held)) kept.push(passed(given));
    else if (given.opcode === 1 && given.text.includes(until)) {
      return [passed(given), ...kept.splice(0)];
    } else return [passed(given)];
    return [];
  };
};

/** Every frame twice, if it is text. */
const doubled = () => (given: ServerFrame) =>
  given.opcode === 1 ? [passed(given), passed(given)] : [passed(given)];

/** The sections of the checks that fail against the sample behind an alteration, each once. */
async function sections(
  dialect: Dialect,
  alteration: () => Alteration,
  endpoint?: string,
): Promise<string[]> {
  const { ws, http } = placeOf(sample, dialect);
  proxy = await AlteringProxy.start(
    endpoint === undefined ? ws : `${http}/${endpoint}`,
    alteration,
  );
  const { url } = proxy;
  const { results } = await judge(sample, dialect, { url, timeoutMs: 1000, compat: 'published' });
  const failed = results.filter(({ outcome }) => outcome === 'fail');
  return [...new Set(failed.map(({ ref }) => ref.slice(ref.indexOf('§'))))];
}

const BASALT: readonly Fault[] = [
  {
    fault: 'leaves a member out',
    alteration: replaced(/"gasLimit":\d+,/, ''),
    found: ['§14.4', '§14.3', '§14.11', '§6', '§5', '§11'],
  },
  {
    fault: 'changes the order of members',
    alteration: replaced(/("gasUsed":\d+),("gasLimit":\d+)/, '$2,$1'),
    found: ['§14.4', '§14.3', '§14.11', '§6', '§5', '§11'],
  },
  {
    fault: 'rounds large integers',
    alteration: () => alterTexts((text) => JSON.stringify(JSON.parse(text))),
    found: ['§5'],
  },
  { fault: 'closes with another code', alteration: recoded(1007, 1002), found: ['§9'] },
  { fault: 'announces blocks twice', alteration: doubled, found: ['§14.3', '§6'] },
];

const BIGCHAINDB: readonly Fault[] = [
  {
    fault: 'writes compact JSON',
    alteration: () =>
      alterTexts((text) => (text.startsWith('{') ? text.replaceAll(' ', '') : text)),
    found: ['§6'],
  },
  {
    fault: 'takes every transaction for its own asset',
    alteration: replaced(/("asset_id": ")\w+(", "transaction_id": "(\w+))/, '$1$3$2'),
    found: ['§15.10'],
  },
  { fault: 'answers Close with another code', alteration: recoded(1000, 4000), found: ['§15.22'] },
];

const LIGHTHOUSE: readonly Fault[] = [
  {
    fault: 'quotes slots and epochs, but no other integers',
    alteration: replaced(/"(epoch|slot)":(\d+)/g, '"$1":"$2"'),
    found: [
      '§16.17',
      '§16.18',
      '§8',
      '§16.23',
      '§16.24',
      '§16.20',
      '§9.1',
      '§16.21',
      '§16.19',
      '§16.22',
      '§9.2',
      '§11',
      '§7',
    ],
  },
  {
    fault: 'sends finalization after the head',
    alteration: heldBack('beacon_finalization', 'beacon_head_changed'),
    found: ['§16.23'],
  },
  { fault: 'closes with another code', alteration: recoded(1002, 1008), found: ['§4'] },
  {
    fault: 'never speaks of a reorg',
    alteration: replaced('"reorg":true', '"reorg":false'),
    found: ['§8'],
  },
  {
    fault: 'leaves empty lists out',
    alteration: replaced('"deposits":[],', ''),
    found: [
      '§16.17',
      '§16.18',
      '§8',
      '§16.23',
      '§16.24',
      '§16.20',
      '§16.21',
      '§16.22',
      '§11',
      '§7',
    ],
  },
];

const NANO: readonly Fault[] = [
  {
    fault: 'leaves the id of a pong out',
    alteration: replaced(/("ack":"pong".*),"id":"(?!barrier)[^"]*"/, '$1'),
    found: ['§2.3', '§11.26', '§4.2', '§4.1', '§3.2', '§3.3'],
  },
  {
    fault: 'writes a number that is no text',
    alteration: replaced(/"request_count":"(\d+)"/, '"request_count":$1'),
    found: ['§11.8', '§11.9', '§6.1.1', '§11.7', '§6.1.5'],
  },
  {
    fault: 'leaves linked accounts out',
    alteration: replaced(/"linked_account":"\w+",/, ''),
    found: ['§6.1.1', '§11.12', '§11.13'],
  },
  {
    fault: 'writes an empty list as a list',
    alteration: replaced('"bad_peers":""', '"bad_peers":[]'),
    found: ['§6.5', '§11.23'],
  },
  {
    fault: 'lets an acknowledgement overtake another',
    alteration: heldBack('"in order 3"', '"in order 4"'),
    found: ['§4.1'],
  },
];

const WALLET: readonly Fault[] = [
  {
    fault: 'adds a member to a pong',
    alteration: replaced('"type":"pong"', '"type":"pong","time":1'),
    found: ['§7.3', '§7.4', '§7.5', '§7.6', '§7.11', '§7.35', '§7.36', '§1.6', '§7.43', '§0.2 D4'],
  },
  {
    fault: 'leaves throttled out',
    alteration: replaced(/,"throttled":\w+/, ''),
    found: ['§7.15', '§7.23'],
  },
  {
    fault: 'never says who spent an output',
    alteration: replaced(/"spent_by":"\w+"/, '"spent_by":null'),
    found: ['§7.23'],
  },
  {
    fault: 'takes no window',
    alteration: replaced('"window_size":3', '"window_size":null'),
    found: ['§7.43'],
  },
];

const EVENTS: readonly Fault[] = [
  {
    fault: 'has no words for what is invalid',
    alteration: replaced(/"error_message":"[^"]*"/, '"error_message":null'),
    found: ['§7.65', '§7.84', '§7.85', '§2.3'],
  },
  {
    fault: 'gives requests back without their spacing',
    alteration: replaced(/\\": /g, '\\":'),
    found: ['§7.84'],
  },
  {
    fault: 'knows no groups',
    alteration: replaced(/"group_id":\d+/, '"group_id":null'),
    found: ['§7.77'],
  },
];

const MINING: readonly Fault[] = [
  {
    fault: 'echoes ids in errors',
    alteration: replaced('"id":null,"error":{', '"id":3,"error":{'),
    found: ['§3.1', '§7.93', '§7.97', '§7.94', '§3.6'],
  },
  {
    fault: 'closes with a code',
    alteration: () => alterCloses(() => 1000),
    found: ['§7.94', '§3.1', '§3.6'],
  },
  {
    fault: 'keeps its notifications',
    alteration: () => alterTexts((text) => (text.includes('mining.notify') ? undefined : text)),
    found: ['§7.87', '§7.95', '§3.4', '§7.96'],
  },
  {
    fault: 'names another reward than its block has',
    alteration: replaced(/"reward":\d+/g, '"reward":1'),
    found: ['§7.90'],
  },
];

describe.each<readonly [string, Dialect, string | undefined, readonly Fault[]]>([
  ['Basalt', 'basalt', undefined, BASALT],
  ['BigchainDB', 'bigchaindb', undefined, BIGCHAINDB],
  ['Lighthouse', 'lighthouse', undefined, LIGHTHOUSE],
  ['Nano', 'nano', undefined, NANO],
  ['Hathor’s wallet socket', 'hathor', 'ws', WALLET],
  ['Hathor’s event socket', 'hathor', 'event_ws', EVENTS],
  ['Hathor’s mining socket', 'hathor', 'mining_ws', MINING],
])('a server of %s', (_name, dialect, endpoint, faults) => {
  it.each(faults)('that $fault is found out', async ({ alteration, found }) => {
    expect(await sections(dialect, alteration, endpoint)).toEqual(found);
  });
});
