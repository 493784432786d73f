/** What an event client gets of a chain that grows (contract 2.5), with blocks mined through the control endpoint. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { ClientPool, type TestClient } from '@sluice/testing';
import { ack, ids, range, startStream, type EventFrame } from './support/event-frame.js';
import { SamplePool } from './support/sample-pool.js';
import type { SampleProcess } from './support/sample-process.js';

/** A new chain has 5 events; its first block brings 5, each further one 2. */
describe('delivery on the event socket', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();
  let sample: SampleProcess;

  afterEach(async () => {
    await clients.closeAll();
    await samples.endAll();
  });

  async function newChain(): Promise<SampleProcess> {
    sample = await samples.start(['--log', 'memory']);
    return sample;
  }
  const connect = (): Promise<TestClient> => clients.connect(sample.urls.event_ws);
  const mine = (blocks: number) => sample.control('mine', { blocks });
  const take = (client: TestClient, count: number) => client.takeJson<EventFrame>(count);

  /** Stops a stream. A stop is not answered: the refusal of a second one shows that the first has been dealt with. */
  async function stop(client: TestClient): Promise<void> {
    client.send({ type: 'STOP_STREAM' });
    client.send({ type: 'STOP_STREAM' });
    expect(await client.nextJson()).toMatchObject({ type: 'STREAM_IS_INACTIVE' });
  }

  it('hathor §7.52 sends ten new events to each of two connections', async () => {
    await newChain();
    await mine(1);
    const both = [await connect(), await connect()];
    for (const client of both) client.send(startStream(9, 100));
    await mine(5);
    for (const client of both) {
      expect(ids(await take(client, 10))).toEqual(range(10, 19));
      await client.expectSilence();
    }
  });

  it('hathor §7.53 sends nothing of a new event to a connection that cannot receive it', async () => {
    await newChain();
    const [full, stopped, closed] = [await connect(), await connect(), await connect()];
    full.send(startStream(null, 5));
    stopped.send(startStream(null, 5));
    closed.send(startStream(4, 0));
    await take(full, 5);
    await take(stopped, 5);
    await stop(stopped);
    await mine(3);
    for (const client of [full, stopped, closed]) await client.expectSilence();
    full.send(ack(4, 100));
    expect(ids(await take(full, 9))).toEqual(range(5, 13));
  });

  it.each([
    [null, 10],
    [2, 7],
    [9, 0],
  ])('hathor §7.54 of ten stored events sends, after %p, %p', async (last, count) => {
    sample = await samples.start(['--scenario', 'SINGLE_CHAIN_ONE_BLOCK']);
    const client = await connect();
    client.send(startStream(last, 100));
    const frames = await take(client, count);
    expect(ids(frames)).toEqual(range(10 - count, 9));
    for (const { latest_event_id } of frames) expect(latest_event_id).toBe(9);
    await client.expectSilence();
  });

  it('hathor §7.66 sends no event without START_STREAM, whether or not blocks are mined', async () => {
    await newChain();
    const client = await connect();
    await client.expectSilence();
    await mine(10);
    await client.expectSilence();
  });

  it('hathor §7.67 START_STREAM(null, 8) on a fresh chain brings the five events of the load', async () => {
    await newChain();
    const client = await connect();
    client.send({ type: 'START_STREAM', window_size: 8 });
    const frames = await take(client, 5);
    expect(ids(frames)).toEqual(range(0, 4));
    expect(frames.map(({ event }) => event.type)).toEqual([
      'LOAD_STARTED',
      'NEW_VERTEX_ACCEPTED',
      'NEW_VERTEX_ACCEPTED',
      'NEW_VERTEX_ACCEPTED',
      'LOAD_FINISHED',
    ]);
    await client.expectSilence();
  });

  it('hathor §7.68 START_STREAM(2, 8) on a fresh chain brings events 3 and 4', async () => {
    await newChain();
    const client = await connect();
    client.send(startStream(2, 8));
    expect(ids(await take(client, 2))).toEqual([3, 4]);
    await client.expectSilence();
  });

  it('hathor §7.69 START_STREAM(null, 8), then a hundred blocks: exactly eight events', async () => {
    await newChain();
    const client = await connect();
    client.send(startStream(null, 8));
    await mine(100);
    expect(ids(await take(client, 8))).toEqual(range(0, 7));
    await client.expectSilence();
  });

  it('hathor §7.70 a hundred blocks, then a window of eight: 0 to 7, and 49 to 56 after 48', async () => {
    await newChain();
    await mine(100);
    const client = await connect();
    client.send(startStream(null, 8));
    expect(ids(await take(client, 8))).toEqual(range(0, 7));
    await client.expectSilence();
    const other = await connect();
    other.send(startStream(48, 8));
    expect(ids(await take(other, 8))).toEqual(range(49, 56));
    await other.expectSilence();
  });

  it('hathor §7.71 ten blocks are 28 events; nothing after STOP_STREAM; 48 from the start again', async () => {
    await newChain();
    const client = await connect();
    client.send(startStream(null, 100));
    await mine(10);
    expect(ids(await take(client, 28))).toEqual(range(0, 27));
    await stop(client);
    await mine(10);
    await client.expectSilence();
    client.send(startStream(null, 100));
    expect(ids(await take(client, 48))).toEqual(range(0, 47));
    await client.expectSilence();
  });

  it('hathor §7.72 the same, started again after 27: 20 events from 28', async () => {
    await newChain();
    const client = await connect();
    client.send(startStream(null, 100));
    await mine(10);
    await take(client, 28);
    await stop(client);
    await mine(10);
    await client.expectSilence();
    client.send(startStream(27, 100));
    expect(ids(await take(client, 20))).toEqual(range(28, 47));
    await client.expectSilence();
  });

  it('starts beyond the newest event when that id comes into existence (contract 2.5, 4)', async () => {
    await newChain();
    const client = await connect();
    client.send(startStream(12, 3));
    await mine(2);
    await client.expectSilence();
    await mine(3);
    expect(ids(await take(client, 3))).toEqual([13, 14, 15]);
    await client.expectSilence();
  });

  it('tells with each event how far the server is at the moment of sending (contract 2.4)', async () => {
    await newChain();
    const client = await connect();
    client.send(startStream(null, 5));
    expect((await take(client, 5)).at(-1)?.latest_event_id).toBe(4);
    await mine(10);
    client.send(ack(4, 1));
    expect(await take(client, 1)).toMatchObject([{ event: { id: 5 }, latest_event_id: 27 }]);
  });

  it('sends an event again as it was, but for latest_event_id (contract 2.6)', async () => {
    await newChain();
    const client = await connect();
    client.send(startStream(null, 100));
    await mine(3);
    const live = await take(client, 14);
    await stop(client);
    await sample.control('reorg', { depth: 2 });
    client.send(startStream(null, 14));
    const replayed = await take(client, 14);
    expect(replayed.map(({ event }) => event)).toEqual(live.map(({ event }) => event));
    const { latest_event_id: newest } = await sample.status();
    for (const { latest_event_id } of replayed) expect(latest_event_id).toBe(newest);
  });
});
