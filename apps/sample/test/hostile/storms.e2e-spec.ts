/** Clients that do what is allowed, much too often: they are served, others meanwhile too, and nothing of it is left. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeAddress, hathorNetworks } from '@sluice/hathor/codec';
import { SessionRegistry } from '@sluice/nestjs';
import { RawClient, TestClient } from '@sluice/testing';
import { FuzzSample } from '../fuzz/fuzz-sample.js';
import { TARGETS } from '../fuzz/all.targets.js';
import { hathorEvents, hathorWallet } from '../fuzz/hathor.targets.js';
import { nano } from '../fuzz/nano.target.js';

const MANY = 20_000;
/** A client that has its turn this often in the meantime is held up by nobody. */
const TURNS = 20;

describe.each(TARGETS)('$name', (target) => {
  it('is left by 2000 clients that come and go at once as it was', async () => {
    const sample = await FuzzSample.start(target.dialect);
    await using bystander = await TestClient.connect(target.url(sample));
    for (let round = 0; round < 40; round++) {
      const clients = await Promise.all(
        Array.from({ length: 50 }, () => RawClient.connect(target.url(sample))),
      );
      clients.forEach((client, index) => {
        if (index % 2 === 0) client.reset();
        else client.finish();
      });
    }
    while (sample.connections > 1) await bystander.ping();
    const [endpoint] = sample
      .get(SessionRegistry)
      .endpoints.filter(({ sessions }) => sessions.length > 0);
    expect(endpoint?.sessions).toHaveLength(1);
    for (const count of endpoint?.topics.values() ?? []) expect(count).toBeLessThanOrEqual(1);
    await target.witness(sample);
    expect(sample.takeFaults()).toEqual([]);
    await sample.stop();
  });
});

describe('a storm', () => {
  let hathor: FuzzSample;
  let other: FuzzSample;

  beforeAll(async () => {
    hathor = await FuzzSample.start('hathor');
    other = await FuzzSample.start('nano');
  });
  afterAll(async () => {
    expect([...hathor.takeFaults(), ...other.takeFaults()]).toEqual([]);
    await hathor.stop();
    await other.stop();
  });

  /** Round trips of another client until `work` is done. */
  async function turnsDuring(url: string, work: Promise<unknown>): Promise<number> {
    await using witness = await TestClient.connect(url);
    let isDone = false;
    const done = work.finally(() => (isDone = true));
    let turns = 0;
    for (; !isDone; turns++) await witness.ping();
    await done;
    return turns;
  }

  /** Sends all at once, and takes one answer for each. */
  async function stormed(
    client: TestClient,
    messages: readonly string[],
    isAnswer: RegExp,
  ): Promise<string[]> {
    for (const message of messages) client.send(message);
    const answers: string[] = [];
    while (answers.length < messages.length) {
      const text = await client.next({ timeoutMs: 30_000 });
      if (isAnswer.test(text)) answers.push(text);
    }
    return answers;
  }

  const repeated = (...messages: object[]): string[] =>
    Array.from({ length: MANY }, (_, index) => JSON.stringify(messages[index % messages.length]));

  it('of subscriptions to one address is answered one by one', async () => {
    const url = hathorWallet.url(hathor);
    await using client = await TestClient.connect(url);
    const [, , address] = hathorWallet.examples(hathor) as { address?: string }[];
    const storm = stormed(
      client,
      repeated({ type: 'subscribe_address', address: address?.address }),
      /"subscribe_address"/,
    );
    expect(await turnsDuring(url, storm)).toBeGreaterThan(TURNS);
    for (const answer of await storm) expect(answer).toContain('"success":true');
  });

  it('of subscriptions to many addresses ends with the connection', async () => {
    const url = hathorWallet.url(hathor);
    await using client = await TestClient.connect(url);
    const addresses = Array.from({ length: MANY }, (_, index) => {
      const hash = Buffer.alloc(20);
      hash.writeUInt32BE(index);
      return encodeAddress('P2PKH', hash, hathorNetworks.localnet);
    });
    const messages = addresses.map((address) =>
      JSON.stringify({ type: 'subscribe_address', address }),
    );
    const storm = stormed(client, messages, /"subscribe_address"/);
    expect(await turnsDuring(url, storm)).toBeGreaterThan(TURNS);
    client.terminate();
    await hathorWallet.witness(hathor);
  });

  it('of subscribing and unsubscribing leaves what the last one said', async () => {
    const url = nano.url(other);
    await using client = await TestClient.connect(url);
    const topic = 'confirmation';
    const storm = stormed(
      client,
      repeated(
        { action: 'subscribe', topic, ack: true, options: { accounts: ['x'] } },
        { action: 'update', topic, ack: true, options: { accounts_add: ['y'] } },
        { action: 'subscribe', topic, ack: true },
        { action: 'unsubscribe', topic, ack: true },
      ),
      /"ack"/,
    );
    expect(await turnsDuring(url, storm)).toBeGreaterThan(TURNS);
    const [endpoint] = other.get(SessionRegistry).endpoints;
    expect(endpoint?.topics.get(topic)).toBe(0);
  });

  it('of acks is answered as each of them deserves, and the stream goes on', async () => {
    const url = hathorEvents.url(hathor);
    await using client = await TestClient.connect(url);
    client.send({ type: 'START_STREAM', window_size: 2 });
    await client.take(2);
    client.send({ type: 'ACK', ack_event_id: 0, window_size: 1 });
    const ack = (id: string) => `{"type":"ACK","ack_event_id":${id},"window_size":0}`;
    const kinds: readonly [string, string][] = [
      [ack('0'), 'ACK_TOO_SMALL'],
      [ack('2'), 'ACK_TOO_LARGE'],
      [ack('-1'), 'VALIDATION_ERROR'],
      [ack('1.5'), 'VALIDATION_ERROR'],
      [ack('9007199254740993'), 'ACK_TOO_LARGE'],
      ['{"type":"START_STREAM","window_size":1}', 'STREAM_IS_ACTIVE'],
    ];
    const messages = Array.from(
      { length: MANY },
      (_, index) => kinds[index % kinds.length]?.[0] ?? '',
    );
    const storm = stormed(client, messages, /"invalid_request"/);
    expect(await turnsDuring(url, storm)).toBeGreaterThan(TURNS);
    (await storm).forEach((answer, index) => {
      expect(answer).toContain(`"type":"${kinds[index % kinds.length]?.[1] ?? ''}"`);
    });
    client.send({ type: 'ACK', ack_event_id: 1, window_size: 1 });
    expect(await client.nextJson()).toMatchObject({ event: { id: 2 } });
  });
});
