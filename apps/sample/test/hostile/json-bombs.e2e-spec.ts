/** JSON made to do harm: each dialect answers as its contract says, nobody else notices, and no prototype changes. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestClient } from '@sluice/testing';
import { FuzzSample } from '../fuzz/fuzz-sample.js';
import type { FuzzTarget } from '../fuzz/fuzz-target.js';
import { hathorEvents, hathorMining, hathorWallet } from '../fuzz/hathor.targets.js';
import { nano } from '../fuzz/nano.target.js';
import { basalt, bigchaindb, lighthouse } from '../fuzz/send-only.targets.js';

/** What comes of a text: a message that fits, nothing at all, or the end of the connection. */
type Fate = object | 'nothing' | 'the end';

interface Case {
  readonly text: string;
  readonly fate: Fate;
}

/** How one dialect takes what every dialect may be sent. */
interface Manners {
  readonly target: FuzzTarget;
  /** What is no JSON, or too deep, or has a number that is too long. */
  readonly malformed: Fate;
  /** What is JSON but no object. */
  readonly list: Fate;
  /** Valid requests that are odd, and what they bring. */
  readonly odd: readonly Case[];
}

const DEEP = 100_000;
const DIGITS = '7'.repeat(400);
const PROTO = '"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}';
const ODD_TEXT = '"\\ud800 \\u0000 \\udc00"';

const MALFORMED: readonly [string, string][] = [
  ['lists, 100,000 deep', `{"a":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`],
  ['objects, 100,000 deep', '{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP)],
  ['100,000 brackets that nobody closes', '['.repeat(DEEP)],
  ['half a document', '{"type":"ping","action":"ping","id":'],
  ['two documents', '{}{}'],
  ['a control character in a text', '{"type":"\u0001"}'],
];

const SILENT: Omit<Manners, 'target'> = {
  malformed: 'nothing',
  list: 'nothing',
  odd: [{ text: `{${PROTO}}`, fate: 'nothing' }],
};
const INVALID = { type: 'VALIDATION_ERROR' };
const MISSING = "Missing or invalid 'address' parameter.";
const fault = (code: number) => ({ id: null, error: { code } });

const MANNERS: readonly Manners[] = [
  {
    target: hathorWallet,
    malformed: { type: 'error', success: false, errmsg: 'Malformed command' },
    list: 'the end',
    odd: [
      { text: `{"type":"ping",${PROTO}}`, fate: { type: 'pong' } },
      { text: '{"type":"nothing","type":"ping"}', fate: { type: 'pong' } },
      { text: `{"type":"ping","n":${DIGITS},"m":1e400,"o":-0}`, fate: { type: 'pong' } },
      { text: `{"type":"ping","id":${ODD_TEXT}}`, fate: { type: 'pong' } },
      { text: '{"type":"__proto__"}', fate: 'nothing' },
      { text: '{"type":["ping"]}', fate: 'nothing' },
      {
        text: `{"type":"subscribe_address","address":${DIGITS}}`,
        fate: { address: BigInt(DIGITS), success: false, message: MISSING },
      },
      {
        text: `{"type":"subscribe_address","address":[${'[],'.repeat(100_000)}0]}`,
        fate: { success: false, message: MISSING },
      },
      {
        text: '{"type":"request:history:ack","id":"a","ack":1e400}',
        fate: { errmsg: 'No streaming opened.' },
      },
    ],
  },
  {
    target: hathorEvents,
    malformed: INVALID,
    list: INVALID,
    odd: [
      { text: `{"type":"STOP_STREAM",${PROTO}}`, fate: INVALID },
      { text: '{"type":"ACK","type":"STOP_STREAM"}', fate: { type: 'STREAM_IS_INACTIVE' } },
      { text: `{"type":"START_STREAM","window_size":[${'0,'.repeat(100_000)}0]}`, fate: INVALID },
      { text: '{"type":"START_STREAM","window_size":1e400}', fate: INVALID },
      {
        text: `{"type":"START_STREAM","window_size":0,"last_ack_event_id":${ODD_TEXT}}`,
        fate: INVALID,
      },
      ...['-1', '0.5', '-1e400', '"1"', 'true', '{}', '[1]'].map((id) => ({
        text: `{"type":"ACK","ack_event_id":${id},"window_size":1}`,
        fate: INVALID,
      })),
      ...['0', '-0', '1e-400', '9007199254740993', DIGITS].map((id) => ({
        text: `{"type":"ACK","ack_event_id":${id},"window_size":1}`,
        fate: { type: 'STREAM_IS_INACTIVE' },
      })),
    ],
  },
  {
    target: hathorMining,
    malformed: fault(-32700),
    list: fault(-32603),
    odd: [
      { text: `{"id":1,"method":"mining.refresh",${PROTO}}`, fate: { id: 1, error: null } },
      { text: '{"id":1,"method":"x","method":"mining.refresh"}', fate: { id: 1, error: null } },
      {
        text: `{"id":${DIGITS},"method":"mining.refresh"}`,
        fate: { id: BigInt(DIGITS), error: null },
      },
      { text: `{"id":${ODD_TEXT},"method":"mining.refresh"}`, fate: { id: '\ud800 \0 \udc00' } },
      { text: '{"id":1,"method":"__proto__"}', fate: { error: { code: -32601 } } },
      { text: '{"id":1,"method":["mining.refresh"]}', fate: { error: {} } },
    ],
  },
  {
    target: nano,
    malformed: 'the end',
    list: 'nothing',
    odd: [
      { text: `{"action":"ping","id":"1",${PROTO}}`, fate: { ack: 'pong', id: '1' } },
      { text: '{"action":"ping","action":"x"}', fate: { ack: 'pong' } },
      { text: `{"action":"ping","id":${DIGITS}}`, fate: { ack: 'pong' } },
      { text: '{"action":"ping","id":1e400}', fate: { ack: 'pong' } },
      { text: `{"action":"ping","id":${ODD_TEXT}}`, fate: 'the end' },
      { text: '{"action":"ping","id":"\\u0000"}', fate: { ack: 'pong', id: '\0' } },
      { text: '{"action":"__proto__"}', fate: 'nothing' },
      {
        text: `{"action":"subscribe","topic":"confirmation","ack":true,"options":{"accounts":[${'[[]],'.repeat(50_000)}0]}}`,
        fate: { ack: 'subscribe' },
      },
    ],
  },
  ...[lighthouse, bigchaindb, basalt].map((target) => ({ target, ...SILENT })),
];

describe.each(MANNERS.map((manners) => [manners.target.name, manners] as const))(
  '%s',
  (_, { target, malformed, list, odd }) => {
    let sample: FuzzSample;
    let bystander: TestClient;

    beforeAll(async () => {
      sample = await FuzzSample.start(target.dialect);
      await sample.step();
      bystander = await TestClient.connect(target.url(sample));
    });
    afterAll(async () => {
      await target.witness(sample);
      bystander.terminate();
      await sample.stop();
    });

    async function brings(text: string, fate: Fate): Promise<void> {
      await using client = await TestClient.connect(target.url(sample));
      await client.ping();
      await client.take(client.pending);
      client.send(text);
      if (fate === 'the end') {
        await client.closed();
      } else if (fate === 'nothing') {
        await client.ping();
        await client.ping();
        expect(client.peek().filter(({ data }) => !isBroadcast(String(data)))).toEqual([]);
      } else {
        const messages = await client.untilJson(
          (message) => !isBroadcast(JSON.stringify(message, plain)),
        );
        expect(messages.at(-1)).toMatchObject(fate);
      }
      expect(({} as { x?: unknown }).x).toBeUndefined();
      await bystander.ping();
      expect(sample.takeFaults()).toEqual([]);
    }

    it.each(MALFORMED)('takes %s for no request', (_, text) => brings(text, malformed));

    it('takes a list for what it is', () => brings('[1]', list));

    it.each(odd.map(({ text, fate }) => [text.slice(0, 90), text, fate] as const))(
      'serves %s',
      (_, text, fate) => brings(text, fate),
    );
  },
);

/** What comes whether somebody asks or not. */
function isBroadcast(text: string): boolean {
  return /"(dashboard:metrics|network:new_tx_accepted|mining\.notify)"/.test(text);
}

function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
