/** Requests and error responses of the event socket (contract 2.2 and 2.3). */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientPool, fragments, frame, RawClient } from '@sluice/testing';
import type { EventApp } from './support/event-app.js';
import { startEventApp } from './support/event-app.js';

const clients = new ClientPool();
let server: EventApp;

beforeAll(async () => {
  server = await startEventApp();
});
afterEach(() => clients.closeAll());
afterAll(() => server.app.close());

const VALIDATION_ERROR = (request: string) => ({
  type: 'VALIDATION_ERROR',
  invalid_request: request,
  error_message: expect.stringMatching(/./),
});
const START = '{"type":"START_STREAM","window_size":0}';

describe('requests of the event socket', () => {
  it.each([
    // no JSON, no object
    ['', 'nothing'],
    ['{', 'half an object'],
    ['hello', 'plain text'],
    ['{"type":"STOP_STREAM"} {"type":"STOP_STREAM"}', 'two documents'],
    ['\uFEFF{"type":"STOP_STREAM"}', 'a byte order mark'],
    ['[]', 'a list'],
    ['null', 'null'],
    ['5', 'a number'],
    ['"STOP_STREAM"', 'a string'],
    // type
    ['{}', 'no type'],
    ['{"window_size":1}', 'a window without type'],
    ['{"type":null}', 'the type null'],
    ['{"type":5}', 'a type that is a number'],
    ['{"type":["STOP_STREAM"]}', 'a type that is a list'],
    ['{"type":"XX"}', 'an unknown type'],
    ['{"type":"stop_stream"}', 'a type in lower case'],
    ['{"type":"EVENT"}', 'the type of a response'],
    ['{"type":"toString"}', 'a type every object has'],
    ['{"type":"__proto__"}', 'the prototype as type'],
    // extra members
    ['{"type":"STOP_STREAM","extra":1}', 'an extra member'],
    ['{"type":"STOP_STREAM","window_size":1}', 'a member of another request'],
    ['{"type":"STOP_STREAM","__proto__":{}}', 'an extra __proto__'],
    ['{"type":"STOP_STREAM","constructor":1}', 'an extra constructor'],
    ['{"type":"STOP_STREAM","toString":1}', 'an extra toString'],
    ['{"type":"START_STREAM","__proto__":{"window_size":1}}', 'members in __proto__'],
    ['{"type":"ACK","ack_event_id":1,"window_size":1,"last_ack_event_id":1}', 'both ids'],
    ['{"type":"ACK","ack_event_id":1,"window_size":1,"id":1}', 'an id'],
    // START_STREAM
    ['{"type":"START_STREAM"}', 'a start without window'],
    ['{"type":"START_STREAM","window_size":null}', 'the window null'],
    ['{"type":"START_STREAM","window_size":-1}', 'a negative window'],
    ['{"type":"START_STREAM","window_size":1.5}', 'a fractional window'],
    ['{"type":"START_STREAM","window_size":"many"}', 'a window in words'],
    ['{"type":"START_STREAM","window_size":[1]}', 'a window in a list'],
    ['{"type":"START_STREAM","window_size":1e400}', 'a window beyond all numbers'],
    ['{"type":"START_STREAM","window_size":1,"last_ack_event_id":-1}', 'a negative id'],
    ['{"type":"START_STREAM","window_size":1,"last_ack_event_id":0.5}', 'a fractional id'],
    ['{"type":"START_STREAM","window_size":1,"last_ack_event_id":"abc"}', 'an id in words'],
    [
      '{"type":"START_STREAM","window_size":1,"last_ack_event_id":-18446744073709551616}',
      'a large negative id',
    ],
    // ACK
    ['{"type":"ACK"}', 'an empty ack'],
    ['{"type":"ACK","window_size":1}', 'an ack without id'],
    ['{"type":"ACK","ack_event_id":1}', 'an ack without window'],
    ['{"type":"ACK","ack_event_id":null,"window_size":1}', 'an ack of null'],
    ['{"type":"ACK","ack_event_id":"abc","window_size":1}', 'an ack in words'],
    ['{"type":"ACK","ack_event_id":-10,"window_size":1}', 'a negative ack'],
    ['{"type":"ACK","ack_event_id":1,"window_size":-10}', 'an ack with a negative window'],
    ['{"type":"ACK","ack_event_id":1,"window_size":"abc"}', 'an ack with a window in words'],
  ])('hathor §7.65 answers %j (%s) with VALIDATION_ERROR', async (request) => {
    const client = await clients.connect(server.url);
    client.send(request);
    expect(await client.nextJson()).toEqual(VALIDATION_ERROR(request));
    await client.expectSilence();
  });

  it('hathor §7.85 answers a ping message with VALIDATION_ERROR and leaves the stream alone', async () => {
    const client = await clients.connect(server.url);
    client.send({ type: 'START_STREAM', window_size: 1 });
    await client.next();
    client.send('{"type":"ping"}');
    expect(await client.nextJson()).toEqual(VALIDATION_ERROR('{"type":"ping"}'));
    client.send({ type: 'ACK', ack_event_id: 0, window_size: 1 });
    expect(await client.nextJson()).toMatchObject({ event: { id: 1 } });
  });

  it.each([
    ['§7.59', 'STOP_STREAM', '{"type": "STOP_STREAM"}'],
    ['§7.60', 'ACK', '{"type": "ACK", "ack_event_id": 10, "window_size": 10}'],
    ['§7.84', 'ACK', ' { "type" :\t"ACK",\n"ack_event_id":10 , "window_size": 10 } '],
  ])('hathor %s answers %s while inactive, the text unchanged', async (_rule, _type, request) => {
    const client = await clients.connect(server.url);
    client.send(request);
    expect(await client.nextJson()).toEqual({
      type: 'STREAM_IS_INACTIVE',
      invalid_request: request,
      error_message: null,
    });
  });

  it('hathor §7.61 answers START_STREAM while active', async () => {
    const client = await clients.connect(server.url);
    client.send(START);
    client.send(START);
    expect(await client.nextJson()).toEqual({
      type: 'STREAM_IS_ACTIVE',
      invalid_request: START,
      error_message: null,
    });
  });

  it('hathor §7.58 sends error frames with exactly three members', async () => {
    const client = await clients.connect(server.url);
    client.send('x');
    client.send('{"type":"STOP_STREAM"}');
    for (const error of await client.takeJson<object>(2)) {
      expect(Object.keys(error)).toEqual(['type', 'invalid_request', 'error_message']);
    }
  });

  it('checks the schema first, then the state, then the bounds', async () => {
    const client = await clients.connect(server.url);
    const types = async (...requests: string[]) => {
      for (const request of requests) client.send(request);
      const errors = await client.takeJson<{ type: string }>(requests.length);
      return errors.map(({ type }) => type);
    };
    const ack = '{"type":"ACK","ack_event_id":99,"window_size":1}';
    const bad = '{"type":"ACK","ack_event_id":99,"window_size":-1}';
    expect(await types(bad, ack)).toEqual(['VALIDATION_ERROR', 'STREAM_IS_INACTIVE']);
    client.send('{"type":"START_STREAM","window_size":0,"last_ack_event_id":5}');
    expect(await types(bad, ack)).toEqual(['VALIDATION_ERROR', 'ACK_TOO_LARGE']);
    const again = '{"type":"START_STREAM","window_size":0,"last_ack_event_id":1}';
    expect(await types('{"type":"START_STREAM"}', again)).toEqual([
      'VALIDATION_ERROR',
      'STREAM_IS_ACTIVE',
    ]);
    client.send('{"type":"STOP_STREAM"}');
    expect(await types(again)).toEqual(['ACK_TOO_SMALL']);
  });

  it('accepts null and a missing last_ack_event_id alike, and members in any order', async () => {
    for (const request of [
      '{"window_size":1,"type":"START_STREAM"}',
      '{"type":"START_STREAM","last_ack_event_id":null,"window_size":1}',
    ]) {
      const client = await clients.connect(server.url);
      client.send(request);
      expect(await client.nextJson()).toMatchObject({ event: { id: 0 } });
    }
  });
});

describe('frames to the event socket', () => {
  it('may be binary', async () => {
    const client = await clients.connect(server.url);
    client.send(Buffer.from('{"type":"START_STREAM","window_size":1}'));
    expect(await client.nextJson()).toMatchObject({ type: 'EVENT', event: { id: 0 } });
    client.send(Buffer.from('né'));
    expect(await client.nextJson()).toEqual(VALIDATION_ERROR('né'));
  });

  it('drop the connection if they are binary and not UTF-8', async () => {
    const client = await clients.connect(server.url);
    client.send(Buffer.of(0x7b, 0xff, 0x7d));
    expect(await client.closed()).toMatchObject({ code: 1006 });
    expect(client.received).toBe(0);
  });

  it('drop the connection if they are text and not UTF-8', async () => {
    await using client = await RawClient.connect(server.url);
    client.write(frame({ payload: Buffer.of(0xc3, 0x28) }));
    expect(await client.ended()).not.toBe('local');
    expect(client.received).toBe(0);
  });

  it('may be fragmented, characters cut in two and control frames between', async () => {
    await using client = await RawClient.connect(server.url);
    const request = '{"type":"XX","é":"☂"}';
    for (const part of fragments(request, 1)) {
      client.write(part);
      client.write(frame({ opcode: 'ping' }));
    }
    const frames = Array.from({ length: Buffer.byteLength(request) }, () => client.nextFrame());
    expect((await Promise.all(frames)).map(({ kind }) => kind)).toEqual(frames.map(() => 'pong'));
    const answer = await client.nextFrame();
    expect(answer.kind === 'text' && JSON.parse(answer.text)).toEqual(VALIDATION_ERROR(request));
  });

  it.each([
    ['text', 'x'.repeat(4 * 1024 * 1024)],
    ['open brackets', '['.repeat(3 * 1024 * 1024)],
    ['digits', `[${'9'.repeat(3 * 1024 * 1024)}]`],
    [
      'control characters, which take six bytes each in the answer',
      '\u0001'.repeat(3 * 1024 * 1024),
    ],
    [
      'an object nested deeply',
      `{"type":"STOP_STREAM","a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    ],
    ['an object with a long extra member', `{"type":"STOP_STREAM","${'a'.repeat(1024 * 1024)}":1}`],
  ])('answers megabytes of %s with VALIDATION_ERROR', async (_what, request) => {
    const client = await clients.connect(server.url);
    client.send(request);
    const answer = await client.nextJson<{ type: string; invalid_request: string }>();
    expect(answer.type).toBe('VALIDATION_ERROR');
    expect(answer.invalid_request === request).toBe(true);
    client.send(START);
    await client.expectSilence();
  });

  it('above 8 MiB drop the connection, and no other', async () => {
    const other = await clients.connect(server.url);
    const client = await clients.connect(server.url);
    client.send('x'.repeat(8 * 1024 * 1024 + 1));
    expect(await client.closed()).toMatchObject({ code: 1006 });
    other.send({ type: 'START_STREAM', window_size: 1 });
    expect(await other.nextJson()).toMatchObject({ event: { id: 0 } });
  });

  it('never change the prototype of anything', async () => {
    const client = await clients.connect(server.url);
    client.send('{"type":"START_STREAM","window_size":1,"__proto__":{"polluted":1}}');
    client.send(
      '{"type":"START_STREAM","window_size":1,"constructor":{"prototype":{"polluted":1}}}',
    );
    await client.take(2);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
