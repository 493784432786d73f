/** Requests to the event socket and their refusals (contract 2.2 to 2.5), on a chain of five events. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientPool, frame, RawClient, TestClient } from '@sluice/testing';
import { ack, ids, startStream, type EventFrame } from './support/event-frame.js';
import { SamplePool } from './support/sample-pool.js';
import type { SampleProcess } from './support/sample-process.js';

describe('requests to the event socket', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();
  let sample: SampleProcess;

  beforeAll(async () => {
    sample = await samples.start(['--scenario', 'ONLY_LOAD']);
  });
  afterEach(() => clients.closeAll());
  afterAll(() => samples.endAll());

  const connect = (): Promise<TestClient> => clients.connect(sample.urls.event_ws);

  /** A client with an active stream whose `sent` is the last of `received`. */
  async function streaming(last: number | null, window: number, received: number) {
    const client = await connect();
    client.send(startStream(last, window));
    return { client, frames: await client.takeJson<EventFrame>(received) };
  }

  it('hathor §7.51 says nothing on connect', async () => {
    const client = await connect();
    await client.expectSilence();
  });

  it('hathor §7.57 an EVENT frame has exactly its six members, and its event five', async () => {
    const { frames } = await streaming(null, 5, 5);
    for (const frame of frames) {
      expect(Object.keys(frame).sort()).toEqual(
        ['type', 'peer_id', 'network', 'event', 'latest_event_id', 'stream_id'].sort(),
      );
      expect(Object.keys(frame.event)).toEqual(['id', 'timestamp', 'type', 'data', 'group_id']);
    }
    const { metadata } = frames[1]?.event.data ?? {};
    expect(metadata).toMatchObject({
      accumulated_weight: expect.any(Number),
      score: expect.any(Number),
      accumulated_weight_raw: expect.stringMatching(/^\d+$/),
      score_raw: expect.stringMatching(/^\d+$/),
    });
  });

  it('hathor §7.58 an error has exactly type, invalid_request and error_message', async () => {
    const client = await connect();
    client.send('{"type":"STOP_STREAM"}');
    expect(await client.nextJson()).toStrictEqual({
      type: 'STREAM_IS_INACTIVE',
      invalid_request: '{"type":"STOP_STREAM"}',
      error_message: null,
    });
  });

  it('hathor §7.59 answers STOP_STREAM while inactive with STREAM_IS_INACTIVE and its text', async () => {
    const client = await connect();
    const request = '{ "type" : "STOP_STREAM" }';
    client.send(request);
    expect(await client.nextJson()).toEqual({
      type: 'STREAM_IS_INACTIVE',
      invalid_request: request,
      error_message: null,
    });
  });

  it('hathor §7.60 answers ACK while inactive with STREAM_IS_INACTIVE', async () => {
    const client = await connect();
    client.send(ack(0, 1));
    expect(await client.nextJson()).toMatchObject({ type: 'STREAM_IS_INACTIVE' });
  });

  it('hathor §7.61 answers START_STREAM while active with STREAM_IS_ACTIVE, and the stream goes on', async () => {
    const { client } = await streaming(null, 2, 2);
    client.send(startStream(null, 1));
    expect(await client.nextJson()).toMatchObject({
      type: 'STREAM_IS_ACTIVE',
      error_message: null,
    });
    client.send(ack(1, 1));
    expect(ids(await client.takeJson(1))).toEqual([2]);
    await client.expectSilence();
  });

  it('hathor §7.62 takes position and window from an ACK of what was sent, and goes back to it', async () => {
    const { client } = await streaming(null, 3, 3);
    client.send(ack(0, 2));
    expect(ids(await client.takeJson(2))).toEqual([1, 2]);
    await client.expectSilence();
    client.send(ack(2, 5));
    expect(ids(await client.takeJson(2))).toEqual([3, 4]);
    await client.expectSilence();
  });

  it.each([
    [null, [0, 1, 2, 3, 4]],
    [0, [1, 2, 3, 4]],
    [3, [4]],
    [4, []],
    [1000, []],
  ])('hathor §7.63 starts after %p on a fresh connection: %p', async (last, expected) => {
    const { client, frames } = await streaming(last, 8, expected.length);
    expect(ids(frames)).toEqual(expected);
    await client.expectSilence();
    client.send(startStream(null, 1));
    expect(await client.nextJson()).toMatchObject({ type: 'STREAM_IS_ACTIVE' });
  });

  it.each([
    [{ last: 1, window: 0, received: 0 }, 0, 'ACK_TOO_SMALL'],
    [{ last: 1, window: 0, received: 0 }, 1, 'ACK_TOO_SMALL'],
    [{ last: 1, window: 2, received: 2 }, 1, 'ACK_TOO_SMALL'],
    [{ last: 1, window: 2, received: 2 }, 0, 'ACK_TOO_SMALL'],
    [{ last: 1000, window: 2, received: 0 }, 1000, 'ACK_TOO_SMALL'],
    [{ last: null, window: 0, received: 0 }, 0, 'ACK_TOO_LARGE'],
    [{ last: 0, window: 0, received: 0 }, 1, 'ACK_TOO_LARGE'],
    [{ last: 1, window: 2, received: 2 }, 4, 'ACK_TOO_LARGE'],
    [{ last: 1000, window: 2, received: 0 }, 1001, 'ACK_TOO_LARGE'],
  ] as const)('hathor §7.64 %p: ACK %p is refused with %p', async (start, id, type) => {
    const { client } = await streaming(start.last, start.window, start.received);
    client.send(ack(id, 10));
    expect(await client.nextJson()).toMatchObject({ type, error_message: null });
    await client.expectSilence();
  });

  it('hathor §7.64 a START_STREAM at or before the last acknowledged event is refused', async () => {
    const { client } = await streaming(null, 3, 3);
    client.send(ack(2, 0));
    client.send({ type: 'STOP_STREAM' });
    for (const last of [null, 0, 2]) {
      client.send(startStream(last, 5));
      expect(await client.nextJson()).toMatchObject({ type: 'ACK_TOO_SMALL' });
    }
    client.send(startStream(3, 5));
    expect(ids(await client.takeJson(1))).toEqual([4]);
  });

  it.each([
    ['an unknown type', '{"type":"START"}'],
    ['no type', '{"window_size":1}'],
    ['a type that is no string', '{"type":7}'],
    ['an extra member in STOP_STREAM', '{"type":"STOP_STREAM","window_size":1}'],
    ['an extra member in START_STREAM', '{"type":"START_STREAM","window_size":1,"from":2}'],
    ['an extra member in ACK', '{"type":"ACK","ack_event_id":1,"window_size":1,"x":null}'],
    [
      'last_ack_event_id not numeric',
      '{"type":"START_STREAM","last_ack_event_id":"a","window_size":1}',
    ],
    [
      'a negative last_ack_event_id',
      '{"type":"START_STREAM","last_ack_event_id":-1,"window_size":1}',
    ],
    ['a fraction', '{"type":"START_STREAM","last_ack_event_id":0.5,"window_size":1}'],
    ['no window_size', '{"type":"START_STREAM"}'],
    ['window_size null', '{"type":"START_STREAM","window_size":null}'],
    ['a negative window_size', '{"type":"START_STREAM","window_size":-1}'],
    ['ack_event_id not numeric', '{"type":"ACK","ack_event_id":"a","window_size":1}'],
    ['a negative ack_event_id', '{"type":"ACK","ack_event_id":-1,"window_size":1}'],
    ['a negative window_size in ACK', '{"type":"ACK","ack_event_id":1,"window_size":-1}'],
    ['no ack_event_id', '{"type":"ACK","window_size":1}'],
    ['text that is not JSON', 'START_STREAM'],
    ['a list', '[]'],
    ['a string', '"ACK"'],
    ['null', 'null'],
  ])('hathor §7.65 answers VALIDATION_ERROR to %s', async (_what, request) => {
    const client = await connect();
    client.send(request);
    expect(await client.nextJson()).toEqual({
      type: 'VALIDATION_ERROR',
      invalid_request: request,
      error_message: expect.stringMatching(/./),
    });
    client.send(startStream(null, 1));
    expect(ids(await client.takeJson(1))).toEqual([0]);
  });

  it.each([
    '{"type": "ACK", "ack_event_id": 10, "window_size": 10}',
    '{\n  "window_size" :1e1,\t"ack_event_id": 10, "type":"ACK"}',
    '{"type":"ACK","ack_event_id":9007199254740993000001,"window_size":1}',
  ])('hathor §7.84 repeats the request as it was written: %s', async (request) => {
    const client = await connect();
    client.send(request);
    expect(await client.nextJson()).toMatchObject({
      type: 'STREAM_IS_INACTIVE',
      invalid_request: request,
    });
  });

  it('hathor §7.85 answers a ping message with VALIDATION_ERROR; the stream goes on', async () => {
    const { client } = await streaming(null, 2, 2);
    client.send({ type: 'ping' });
    expect(await client.nextJson()).toMatchObject({ type: 'VALIDATION_ERROR' });
    client.send(ack(1, 1));
    expect(ids(await client.takeJson(1))).toEqual([2]);
  });

  it('takes requests in binary frames, and drops the connection on one that is not UTF-8', async () => {
    const client = await connect();
    client.send(Buffer.from('{"type":"START_STREAM","window_size":1}'));
    expect(ids(await client.takeJson(1))).toEqual([0]);
    client.send(Buffer.of(0xc3, 0x28));
    expect(await client.closed()).toMatchObject({ code: 1006 });
  });

  it('answers at each of its paths, and 404 elsewhere', async () => {
    const origin = new URL(sample.urls.event_ws).origin;
    for (const path of ['/v1a/event_ws', '/v1a/event_ws/', '/event_ws', '/v1a/event_ws/x?y=1']) {
      const client = await clients.connect(`${origin}${path}`);
      client.send(startStream(3, 1));
      expect(ids(await client.takeJson(1))).toEqual([4]);
    }
    for (const path of ['/v2/event_ws', '/v1a/events_ws', '/']) {
      expect(await TestClient.refused(`${origin}${path}`)).toMatchObject({ status: 404 });
    }
  });

  it('answers a protocol ping with the same payload, and Close with 1000 and no reason', async () => {
    await using client = await RawClient.connect(sample.urls.event_ws);
    client.write(frame({ opcode: 'ping', payload: 'are you there' }));
    expect(await client.nextFrame()).toEqual({
      kind: 'pong',
      bytes: Buffer.from('are you there'),
    });
    const closing = await connect();
    expect(await closing.close(4000, 'I have had enough')).toMatchObject({ reason: '' });
  });
});
