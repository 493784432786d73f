/** Acknowledgements, updates, re-subscription (contract 4). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NANO_TOPICS, type NanoTopic } from '../src/index.js';
import { fixedClock } from './support/fixed-clock.js';
import { RECEIVE, RECEIVER, SEND, SENDER } from './support/golden-events.js';
import { NanoApp, receivedBy, settled } from './support/nano-app.js';

const TIME = 1_700_000_000_123;
const time = String(TIME);

let app: NanoApp;
beforeAll(async () => {
  app = await NanoApp.start({ sluice: { clock: fixedClock(TIME) } });
});
afterAll(() => app.stop());

const confirmation = (action: string, options?: object) => ({
  action,
  topic: 'confirmation',
  ack: true,
  ...(options && { options }),
});

describe('acknowledgements', () => {
  it.each([
    ['"abc"', 'abc'],
    ['5', '5'],
    ['1.50', '1.50'],
    ['-0', '-0'],
    ['1e+05', '1e+05'],
    ['12345678901234567890123', '12345678901234567890123'],
    ['true', 'true'],
    ['null', 'null'],
    ['" "', ' '],
    ['"/\\"\\u00e9\\ud83d\\ude00"', '/"é😀'],
  ])('echo the id %s as it was written', async (written, id) => {
    const client = await app.connect();
    client.send(`{"action":"subscribe","topic":"vote","ack":true,"id":${written}}`);
    expect(await client.nextJson()).toEqual({ ack: 'subscribe', time, id });
  });

  it.each(['""', '{}', '[]', '["a"]', '{"a":"b"}'])('have no id for %s', async (written) => {
    const client = await app.connect();
    client.send(`{"action":"ping","id":${written}}`);
    expect(await client.nextJson()).toEqual({ ack: 'pong', time });
  });

  it('go by the first of several members of a name', async () => {
    const client = await app.connect();
    client.send('{"id":"1","id":"2","action":"ping","action":"subscribe","id":"3"}');
    expect(await client.nextJson()).toEqual({ ack: 'pong', time, id: '1' });
    client.send('{"action":"subscribe","topic":"vote","topic":"x","ack":1,"ack":0}');
    expect(await client.nextJson()).toEqual({ ack: 'subscribe', time });
  });

  it('have these members in this order', async () => {
    const client = await app.connect();
    client.send({ id: 'x', ack: ' 1 ', topic: 'work', action: 'subscribe' });
    expect(await client.next()).toBe(`{"ack":"subscribe","time":"${time}","id":"x"}`);
  });

  it('leave in the order of the requests, thousands of them', async () => {
    const client = await app.connect();
    const ids = Array.from({ length: 3000 }, (_, n) => String(n));
    for (const id of ids) {
      client.send({
        action: id.endsWith('7') ? 'ping' : 'subscribe',
        topic: 'work',
        ack: 'true',
        id,
      });
    }
    const acks = await client.takeJson<{ id: string }>(ids.length);
    expect(acks.map(({ id }) => id)).toEqual(ids);
  });

  it('come before the first notification of their subscription', async () => {
    const client = await app.connect();
    for (let n = 0; n < 50; n++) {
      client.send({ action: 'subscribe', topic: 'started_election', ack: true, id: n });
      client.send({ action: 'unsubscribe', topic: 'started_election' });
      while (client.pending === 0) {
        await app.bus.publish('election.started', { hash: SEND.hash });
        await new Promise(setImmediate);
      }
      expect(await client.nextJson()).toMatchObject({ ack: 'subscribe', id: String(n) });
      await receivedBy(client);
    }
  });
});

describe('every topic', () => {
  it.each(NANO_TOPICS)('%s is subscribed, once, and unsubscribed', async (topic: NanoTopic) => {
    const client = await app.connect();
    const before = app.count(topic) ?? NaN;
    const acked = async (action: string, count: number) => {
      client.send({ action, topic, ack: true });
      expect(await client.nextJson()).toEqual({ ack: action, time });
      expect(app.count(topic)).toBe(before + count);
    };
    await acked('unsubscribe', 0);
    await acked('subscribe', 1);
    await acked('subscribe', 1);
    await acked('unsubscribe', 0);
    await acked('unsubscribe', 0);
  });
});

describe('an update', () => {
  it.each<[string, object | undefined, object]>([
    ['of a topic that is not subscribed', undefined, { topic: 'confirmation', options: {} }],
    [
      'of a subscription without options',
      { topic: 'confirmation' },
      { topic: 'confirmation', options: { accounts_add: [SENDER] } },
    ],
    [
      'without options',
      { topic: 'confirmation', options: { accounts: [] } },
      { topic: 'confirmation' },
    ],
    ['of votes', { topic: 'vote', options: {} }, { topic: 'vote', options: {} }],
    ['of plain votes', { topic: 'vote' }, { topic: 'vote', options: {} }],
    ['of another topic', { topic: 'work', options: {} }, { topic: 'work', options: {} }],
    ['of the topic ack', { topic: 'ack' }, { topic: 'ack', options: {} }],
  ])('%s fails in silence', async (_, subscribe, update) => {
    const client = await app.connect();
    if (subscribe !== undefined) client.send({ action: 'subscribe', ...subscribe });
    client.send({ action: 'update', ack: true, ...update });
    await settled(client);
  });

  it.each(['{}', 'null', '""', '[]', '{"accounts":["x"]}', '{"include_block":false}'])(
    'with the options %s succeeds and changes nothing',
    async (options) => {
      const client = await app.connected({
        ...confirmation('subscribe', { accounts: [SENDER] }),
        ack: false,
      });
      client.send(`{"action":"update","topic":"confirmation","ack":true,"options":${options}}`);
      expect(await client.nextJson()).toEqual({ ack: 'update', time });
      await app.bus.publish('block.confirmed', RECEIVE);
      await app.bus.publish('block.confirmed', SEND);
      expect(await client.nextJson()).toMatchObject({ message: { account: SENDER, block: {} } });
      await client.expectSilence();
    },
  );

  it('that adds and removes an account leaves it removed', async () => {
    const both = { accounts_add: [SENDER, RECEIVER], accounts_del: [SENDER, 'nobody'] };
    const client = await app.connected(
      { ...confirmation('subscribe', { confirmation_type: 'all' }), ack: 0 },
      { ...confirmation('update', both), ack: 0 },
    );
    await app.bus.publish('block.confirmed', SEND);
    await app.bus.publish('block.confirmed', RECEIVE);
    expect(await client.nextJson()).toMatchObject({ message: { account: RECEIVER } });
    await client.expectSilence();
  });

  it.each(['[]', '""', 'null', '["nobody"]'])(
    'with a list %s switches the account filter on, and a new subscription off',
    async (list) => {
      const client = await app.connected(
        { ...confirmation('subscribe', { confirmation_type: 'all' }), ack: 0 },
        `{"action":"update","topic":"confirmation","options":{"accounts_del":${list}}}`,
      );
      await app.bus.publish('block.confirmed', SEND);
      await client.expectSilence();
      client.send(confirmation('subscribe'));
      await client.next();
      await app.bus.publish('block.confirmed', SEND);
      expect(await client.nextJson()).toMatchObject({ topic: 'confirmation' });
    },
  );
});

describe('an unsubscribe', () => {
  it('with an account list loses everything', async () => {
    const client = await app.connected({
      ...confirmation('subscribe', { accounts: [SENDER, RECEIVER] }),
      ack: false,
    });
    client.send(confirmation('unsubscribe', { accounts: [SENDER] }));
    expect(await client.nextJson()).toEqual({ ack: 'unsubscribe', time });
    await app.bus.publish('block.confirmed', RECEIVE);
    await client.expectSilence();
  });
});
