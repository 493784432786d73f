/** What clients may send to do harm: it costs them their own time, and nobody else anything. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DESTINATION, RECEIVER, SEND, SENDER } from './support/golden-events.js';
import { NanoApp, settled } from './support/nano-app.js';

const MIB = 1024 * 1024;

let app: NanoApp;
beforeAll(async () => {
  app = await NanoApp.start();
});
afterAll(() => app.stop());

/** As many of `item` as a message of `bytes` has room for, separated by commas. */
function many(item: string, bytes: number): string {
  return `${`${item},`.repeat(Math.floor(bytes / (item.length + 1)))}${item}`;
}

describe('a request', () => {
  it.each([
    ['that lists half a million texts that are no accounts', `"accounts":[${many('1', MIB)}]`],
    ['with many options', many('"a":1', MIB)],
    ['with many small lists', `"accounts":[${many('[1,1]', MIB)}]`],
    ['that nests', `"a":[${many('['.repeat(900) + ']'.repeat(900), MIB)}]`],
    ['with a number of a million digits', `"accounts":${'9'.repeat(MIB)}`],
  ])('%s is answered, and nobody else notices', async (_, options) => {
    const other = await app.connected({ action: 'subscribe', topic: 'started_election' });
    const client = await app.connect();
    client.send(`{"action":"subscribe","topic":"confirmation","ack":1,"options":{${options}}}`);
    expect(await client.nextJson()).toMatchObject({ ack: 'subscribe' });
    await app.bus.publish('election.started', { hash: SEND.hash });
    expect(await other.nextJson()).toMatchObject({ topic: 'started_election' });
  });

  it.each([MIB, 15 * MIB])('with an id of %d bytes gets it back', async (size) => {
    const client = await app.connect();
    const id = 'x'.repeat(size);
    client.send({ action: 'ping', id });
    const pong = await client.nextJson<{ readonly id: string }>();
    expect(pong.id === id).toBe(true);
    await settled(client);
  });
});

describe('a filter with more accounts than the options allow', () => {
  const THREE = [SENDER, RECEIVER, DESTINATION];
  let strict: NanoApp;
  beforeAll(async () => {
    strict = await NanoApp.start({ nano: { maxFilterAccounts: 2 } });
  });
  afterAll(() => strict.stop());

  const subscribe = (topic: string, options: object) => ({
    action: 'subscribe',
    topic,
    ack: true,
    options,
  });
  const add = (accounts: readonly string[]) => ({
    action: 'update',
    topic: 'confirmation',
    ack: true,
    options: { accounts_add: accounts },
  });
  const refusal = { code: 1008, reason: 'More than 2 accounts in a filter' };

  it.each([
    ['confirmation', { accounts: THREE }],
    ['vote', { representatives: THREE }],
  ])('ends the connection that subscribes to %s', async (topic, options) => {
    const client = await strict.connect();
    client.send(subscribe(topic, options));
    expect(await client.closed()).toMatchObject(refusal);
    expect(client.received).toBe(0);
  });

  it('ends the connection that adds one by one, not the one that adds the same again', async () => {
    const client = await strict.connect();
    client.send(subscribe('confirmation', { accounts: [SENDER] }));
    client.send(add([RECEIVER]));
    client.send(add([RECEIVER, SENDER, 'nobody']));
    expect(await client.takeJson(3)).toMatchObject([
      { ack: 'subscribe' },
      { ack: 'update' },
      { ack: 'update' },
    ]);
    client.send(add([DESTINATION]));
    expect(await client.closed()).toMatchObject(refusal);
    expect(client.received).toBe(3);
    const next = await strict.connect();
    expect(strict.count('confirmation')).toBe(0);
    await settled(next);
  });

  it('with types and without accounts is none', async () => {
    const client = await strict.connect();
    client.send(subscribe('confirmation', { confirmation_type: 'all' }));
    expect(await client.nextJson()).toMatchObject({ ack: 'subscribe' });
    client.send(subscribe('vote', { include_replays: 1, include_indeterminate: 1 }));
    expect(await client.nextJson()).toMatchObject({ ack: 'subscribe' });
  });
});
