/** What clients may get wrong, with the exact outcome of each (contract 3.3). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fixedClock } from './support/fixed-clock.js';
import { NanoApp, settled } from './support/nano-app.js';
import { vectors } from './support/vectors.js';

interface MalformedVectors {
  readonly cases: readonly { readonly raw: string; readonly outcome: 'drop' | 'ignore' }[];
}

const { cases } = vectors<MalformedVectors>('malformed');
const of = (outcome: string) =>
  cases.filter((one) => one.outcome === outcome).map(({ raw }) => raw);

let app: NanoApp;
beforeAll(async () => {
  app = await NanoApp.start({ sluice: { clock: fixedClock(1_700_000_000_123) } });
});
afterAll(() => app.stop());

describe('costs the connection, without a Close frame', () => {
  it.each<string | Buffer>([
    ...of('drop'),
    '{"action":"subscribe","topic":"confirmation","options":{"include_block":"false",}}',
    '{"action":"ping"} /* note */',
    '{"action":"ping","id":"\\x"}',
    '{"action":"ping","id":"\n"}',
    '{"action":"ping","id":"\\ud800"}',
    '{"action":"ping"}\u00a0',
    '\u0000{"action":"ping"}',
    '{"action" "ping"}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":+1}',
    '{"a":0x10}',
    '{"a":True}',
    '{"a":tru}',
    '{"a":"',
    '['.repeat(100_000),
    Buffer.from([0x7b, 0xff, 0x7d]),
    Buffer.from('{"action":"ping","id":"\u00e9"}', 'latin1'),
  ])('%j', async (raw) => {
    const other = await app.connect();
    const client = await app.connect();
    client.send(raw);
    expect(await client.closed()).toMatchObject({ code: 1006 });
    expect(client.received).toBe(0);
    await settled(other);
  });

  it('what was answered before is still written, what comes later is never looked at', async () => {
    const client = await app.connect();
    for (const id of ['1', '2', '3']) client.send({ action: 'ping', id });
    client.send('{');
    client.send({ action: 'ping', id: '4' });
    expect(await client.takeJson(3)).toMatchObject([{ id: '1' }, { id: '2' }, { id: '3' }]);
    expect(await client.closed()).toMatchObject({ code: 1006 });
    expect(client.received).toBe(3);
  });

  it('also with thousands of requests before and after it', async () => {
    const client = await app.connect();
    const ids = Array.from({ length: 3000 }, (_, n) => String(n));
    for (const id of ids) client.send({ action: 'ping', id });
    client.send('{');
    for (const id of ids) client.send({ action: 'ping', id });
    const answers = await client.takeJson<{ id: string }>(ids.length);
    expect(answers.map(({ id }) => id)).toEqual(ids);
    expect(await client.closed()).toMatchObject({ code: 1006 });
    expect(client.received).toBe(ids.length);
  });

  it('also after notifications, which are still written', async () => {
    const client = await app.connected({ action: 'subscribe', topic: 'started_election' });
    const received = client.received;
    for (let n = 0; n < 20; n++) {
      void app.bus.publish('election.started', { hash: Buffer.alloc(32, n) });
    }
    client.send('{');
    await client.take(20);
    expect(await client.closed()).toMatchObject({ code: 1006 });
    expect(client.received).toBe(received + 20);
  });
});

describe('is ignored, and the connection stays', () => {
  it.each([
    ...of('ignore'),
    'true',
    '[]',
    '[{"action":"ping"},{"action":"ping"}]',
    '{"ACTION":"ping"}',
    '{"action":" ping"}',
    '{"action":"Ping"}',
    '{"action":null}',
    '{"action":5,"ack":true}',
    '{"action":"__proto__","ack":true}',
    '{"action":"constructor","ack":true}',
    '{"action":"nothing","action":"ping"}',
    '{"action":"publish","topic":"confirmation","ack":true}',
    '{"action":"subscribe","ack":true}',
    '{"action":"subscribe","topic":"Confirmation","ack":true}',
    '{"action":"subscribe","topic":"votes","ack":true}',
    '{"action":"subscribe","topic":"new_block_arrived","ack":true}',
    '{"action":"subscribe","topic":"","ack":true}',
    '{"action":"subscribe","topic":["confirmation"],"ack":true}',
    '{"action":"subscribe","topic":{},"ack":true}',
    '{"action":"subscribe","topic":"toString","ack":true}',
    '{"action":"subscribe","TOPIC":"confirmation","ack":true}',
    '{"action":"unsubscribe","topic":"votes","ack":true}',
    '{"action":"unsubscribe","ack":true}',
    '{"action":"update","topic":"votes","ack":true,"options":{}}',
    '{"action":"update","ack":true,"options":{}}',
  ])('%s', async (raw) => {
    const client = await app.connect();
    client.send(raw);
    await settled(client);
  });
});

describe('counts as absent, and the action succeeds', () => {
  it.each([
    '{"action":"subscribe","topic":"vote","ack":true,"unknown":[1,{"a":2}]}',
    '{"action":"subscribe","topic":"confirmation","ack":true,"options":{"confirmation_type":"sometimes"}}',
    '{"action":"subscribe","topic":"confirmation","ack":true,"options":{"accounts":["nobody",5,[],{}]}}',
    '{"action":"subscribe","topic":"vote","ack":true,"options":{"representatives":["nobody"]}}',
    '{"action":"subscribe","topic":"confirmation","ack":true,"options":{"include_block":"maybe"}}',
    '{"action":"subscribe","topic":"confirmation","ack":true,"options":5}',
    '{"action":"subscribe","topic":"work","ack":true,"options":{"accounts":[]}}',
    '\uFEFF {"action":"subscribe","topic":"work","ack":true}\r\n',
  ])('%s', async (raw) => {
    const client = await app.connect();
    client.send(raw);
    expect(await client.nextJson()).toEqual({ ack: 'subscribe', time: '1700000000123' });
    await settled(client);
  });

  it.each(['"yes"', '2', 'null', '{}', '[true]', '"True"'])('an ack that is %s', async (ack) => {
    const client = await app.connect();
    client.send(`{"action":"subscribe","topic":"vote","ack":${ack}}`);
    await settled(client);
    expect(app.count('vote')).toBeGreaterThan(0);
  });
});
