/** What clients may send, and what becomes of it (contract 4). */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { closeFrame, fragments, frame, RawClient, upgradeRequest } from '@sluice/testing';
import { once } from 'node:events';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { BeaconApp } from './support/beacon-app.js';
import { golden, vector } from './support/vectors.js';

interface SentFrame {
  readonly opcode: 'text' | 'binary' | 'ping' | 'pong' | 'close';
  readonly payload?: string;
  readonly payload_hex?: string;
  readonly code?: number | null;
  readonly reason?: string;
  readonly invalid_utf8?: boolean;
  readonly rsv1?: boolean;
}

interface FrameCase {
  readonly client?: SentFrame;
  readonly server: 'nothing' | SentFrame;
  readonly then?: 'tcp-close';
}

const { cases } = vector<{ cases: readonly FrameCase[] }>('client-frames');
const EVENT = golden('event-beacon_head_changed').plain;
const ALLOWED = [1000, 1001, 1002, 1003, 1007, 1011, 1017, 1500, 2500, 3000, 4321, 4999];
const FORBIDDEN = [
  0, 999, 1004, 1005, 1006, 1012, 1013, 1014, 1015, 1016, 1100, 2000, 2999, 5000, 65_535,
];

describe('what a client sends', () => {
  let beacon: BeaconApp;
  let client: RawClient;

  beforeAll(async () => {
    beacon = await BeaconApp.start();
  });
  afterAll(() => beacon.stop());
  beforeEach(async () => {
    client = await RawClient.connect(beacon.url);
  });
  afterEach(() => client[Symbol.asyncDispose]());

  async function expectEvent(): Promise<void> {
    await beacon.publish(EVENT);
    expect(await client.nextFrame()).toMatchObject({ kind: 'text', text: EVENT });
  }

  it.each(
    cases.flatMap(({ client: sent, server, then }) =>
      sent === undefined ? [] : [[JSON.stringify(sent), sent, server, then] as const],
    ),
  )('lighthouse §16.12 §16.13 §16.14 vector: %s', async (_, sent, server, then) => {
    client.write(bytesOf(sent));
    if (server === 'nothing') await expectEvent();
    else expect(await client.nextFrame()).toMatchObject(seen(server));
    if (then === 'tcp-close') {
      client.finish();
      expect(await client.ended()).toBe('fin');
    }
  });

  it('lighthouse §16.12 messages of any size and content bring nothing, and later events still arrive', async () => {
    client.write(frame({ payload: '{"subscribe":["head"' }));
    client.write(frame({ opcode: 'binary', payload: Buffer.alloc(20 * 1024 * 1024, 0xc3) }));
    client.write(frame({ payload: 'ä'.repeat(4 * 1024 * 1024) }));
    for (const part of fragments('ö'.repeat(1000), 333)) {
      client.write(part);
      client.write(frame({ opcode: 'ping', payload: 'abc' }));
      expect(await client.nextFrame()).toMatchObject({ kind: 'pong', bytes: Buffer.from('abc') });
    }
    await expectEvent();
  });

  it.each(ALLOWED)(
    'lighthouse §4 close code %i is answered with itself and no reason',
    async (code) => {
      const request = upgradeRequest(beacon.url);
      const socket = connect(beacon.port, '127.0.0.1');
      socket.write(request);
      await once(socket, 'data');
      socket.write(closeFrame(code, 'bye'));
      // Read without a library: some of these codes are unknown to all of them.
      const answer = await buffer(socket);
      expect(answer).toEqual(Buffer.of(0x88, 2, code >> 8, code & 0xff));
    },
  );

  it.each(FORBIDDEN)('lighthouse §4 close code %i is a protocol error', async (code) => {
    client.write(closeFrame(code, 'bye'));
    expect(await client.nextFrame()).toMatchObject(PROTOCOL_ERROR);
  });

  it.each<[string, Buffer]>([
    ['a reserved bit', frame({ rsv: 2, payload: 'x' })],
    ['a reserved opcode', frame({ opcode: 3 })],
    ['a reserved control opcode', frame({ opcode: 11 })],
    ['a control frame over 125 bytes', frame({ opcode: 'ping', payload: 'x'.repeat(126) })],
    ['a fragmented control frame', frame({ opcode: 'ping', fin: false })],
    ['a continuation without a start', frame({ opcode: 'continuation', payload: 'x' })],
    [
      'a new message inside a fragmented one',
      Buffer.concat([frame({ fin: false, payload: 'x' }), frame({ payload: 'y' })]),
    ],
    ['a Close frame of one byte', frame({ opcode: 'close', payload: 'x' })],
    ['a frame without a mask', frame({ masked: false, payload: 'x' })],
  ])('lighthouse §4 %s is a protocol error', async (_, bytes) => {
    client.write(bytes);
    expect(await client.nextFrame()).toMatchObject(PROTOCOL_ERROR);
  });

  it.each([
    ['text', frame({ payload: Buffer.of(0x61, 0xc3, 0x28) })],
    ['text that ends within a character', frame({ payload: Buffer.of(0xe2, 0x80) })],
    [
      'text in fragments',
      Buffer.concat([
        frame({ fin: false, payload: Buffer.of(0xc3) }),
        frame({ opcode: 'continuation', payload: Buffer.of(0x28) }),
      ]),
    ],
    ['reason', frame({ opcode: 'close', payload: Buffer.of(0x03, 0xe8, 0xff) })],
  ])('lighthouse §4 a %s that is not UTF-8 is answered with 1007', async (_, bytes) => {
    client.write(bytes);
    expect(await client.nextFrame()).toMatchObject({ kind: 'close', code: 1007 });
  });
});

const PROTOCOL_ERROR = {
  kind: 'close',
  code: 1002,
  reason: expect.stringMatching(/^WebSocket Protocol Error/) as unknown,
};

function bytesOf({ opcode, payload = '', payload_hex, code, reason, ...wrong }: SentFrame): Buffer {
  if (opcode === 'close') return closeFrame(code ?? undefined, reason);
  if (wrong.invalid_utf8 === true) return frame({ opcode, payload: Buffer.of(0xc3, 0x28) });
  if (wrong.rsv1 === true) return frame({ opcode, rsv: 4, payload: 'x' });
  return frame({
    opcode,
    payload: payload_hex === undefined ? payload : Buffer.from(payload_hex, 'hex'),
  });
}

/** A frame of the vectors, as the test client shows it. */
function seen({ opcode, payload, code, reason }: SentFrame): object {
  return {
    kind: opcode,
    ...(payload === undefined ? {} : { bytes: Buffer.from(payload) }),
    ...(code === undefined ? {} : { code: code ?? undefined }),
    ...(reason === undefined ? {} : { reason }),
  };
}
