/** Frames that no client may send, and those that are allowed but seldom (RFC 6455 §5, §7, §8). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SteppedClock } from '@sluice/engine/testing';
import { closeFrame, fragments, frame, type RawClient } from '@sluice/testing';
import { ANSWER, HELLO, HostileBench } from './support/hostile-bench.js';
import { until } from './support/until.js';

const more = (payload: string | Uint8Array = '', opcode: 'text' | 'continuation' = 'text') =>
  frame({ opcode, fin: false, payload });
const all = (...frames: Buffer[]): Buffer => Buffer.concat(frames);
/** A frame whose length has more bytes than it needs. */
const long = (bytes: 2 | 8, payload: string): Buffer => {
  const length = Buffer.alloc(bytes);
  length.writeUInt16BE(payload.length, bytes - 2);
  const head = Buffer.of(0x81, 0x80 | (bytes === 2 ? 126 : 127));
  return all(head, length, Buffer.alloc(4), Buffer.from(payload));
};
const HIGH_BIT = all(Buffer.of(0x81, 0xff, 0x80), Buffer.alloc(11));
const EURO = Buffer.from('€');
const reason = (...bytes: number[]): Buffer =>
  frame({ opcode: 'close', payload: Buffer.of(0x03, 0xe8, ...bytes) });

type Violation = [name: string, bytes: Buffer, code: number];

const VIOLATIONS: Violation[] = [
  ['§5.1: a frame without a mask', frame({ masked: false, payload: HELLO }), 1002],
  ['§5.1: a ping without a mask', frame({ masked: false, opcode: 'ping' }), 1002],
  ...[1, 2, 4, 7].map((rsv): Violation => [`§5.2: reserved bits ${rsv}`, frame({ rsv }), 1002]),
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode): Violation => [
    `§5.2: the reserved opcode ${opcode}`,
    frame({ opcode, payload: HELLO }),
    1002,
  ]),
  ['§5.2: a length of 64 bits with the highest one', HIGH_BIT, 1009],
  ['§5.2: an announced payload of 2^40 bytes', frame({ announcedLength: 2 ** 40 }), 1009],
  ['§5.2: a payload above the limit', frame({ payload: 'x'.repeat(1025) }), 1009],
  [
    '§5.2: fragments that are above the limit together',
    all(...fragments('x'.repeat(1100), 500)),
    1009,
  ],
  ['§5.4: a message inside another one', all(more('{'), frame({ payload: HELLO })), 1002],
  ['§5.4: a continuation of nothing', frame({ opcode: 'continuation', payload: '{}' }), 1002],
  [
    '§5.4: a continuation of what has ended',
    all(...fragments('[]', 1), frame({ opcode: 'continuation', payload: 'x' })),
    1002,
  ],
  ['§5.5: a fragmented ping', frame({ opcode: 'ping', fin: false }), 1002],
  ['§5.5: a fragmented pong', frame({ opcode: 'pong', fin: false }), 1002],
  ['§5.5: a fragmented Close', frame({ opcode: 'close', fin: false }), 1002],
  ['§5.5: a ping of 126 bytes', frame({ opcode: 'ping', payload: 'x'.repeat(126) }), 1002],
  ['§5.5: a pong of 126 bytes', frame({ opcode: 'pong', payload: 'x'.repeat(126) }), 1002],
  ['§5.5.1: a Close of one byte', frame({ opcode: 'close', payload: Buffer.of(3) }), 1002],
  ['§5.5.1: a Close reason of 124 bytes', closeFrame(1000, 'x'.repeat(124)), 1002],
  ...[0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535].map((code): Violation => [
    `§7.4: the Close code ${code}`,
    closeFrame(code),
    1002,
  ]),
  ['§8.1: bad UTF-8', frame({ payload: Buffer.of(0xff, 0xfe) }), 1007],
  ['§8.1: an overlong slash', frame({ payload: Buffer.of(0xc0, 0xaf) }), 1007],
  ['§8.1: half a surrogate pair', frame({ payload: Buffer.of(0xed, 0xa0, 0x80) }), 1007],
  ['§8.1: a character without its end', frame({ payload: EURO.subarray(0, 2) }), 1007],
  [
    '§8.1: bad UTF-8 that only two fragments show',
    all(more(EURO.subarray(0, 1)), frame({ opcode: 'continuation', payload: 'x' })),
    1007,
  ],
  ['§8.1: bad UTF-8 in a Close reason', reason(0xc3, 0x28), 1007],
];

const last = (payload: string): Buffer => frame({ opcode: 'continuation', payload });

/** Seldom, but allowed: the message in it is answered. */
const ALLOWED: [string, Buffer][] = [
  ['§5.2: a length of 16 bits that would fit 7', long(2, HELLO)],
  ['§5.2: a length of 64 bits that would fit 7', long(8, HELLO)],
  ['§5.4: empty fragments', all(more(), more('', 'continuation'), last(HELLO))],
  ['§5.4: a fragment for each byte', all(...fragments(HELLO, 1))],
  [
    '§5.4: a pong between fragments',
    all(more(HELLO.slice(0, 3)), frame({ opcode: 'pong' }), last(HELLO.slice(3))),
  ],
  [
    '§5.5.3: a pong that nobody asked for',
    all(frame({ opcode: 'pong' }), frame({ payload: HELLO })),
  ],
];

describe('a client', () => {
  let bench: HostileBench;
  const clock = new SteppedClock();

  beforeAll(async () => {
    bench = await HostileBench.start({ clock });
  });
  afterAll(() => bench.stop());

  it.each(VIOLATIONS)('§7.1.7: that sends %s is failed, alone', async (_, bytes, code) => {
    await using client = await bench.connect();
    client.write(bytes);
    expect(await client.nextFrame()).toMatchObject({ kind: 'close', code });
    expect(await client.ended()).toBe('fin');
    client.reset();
    await bench.alone();
  });

  it.each(ALLOWED)('that sends %s is answered', async (_, bytes) => {
    await using client = await bench.connect();
    client.write(bytes);
    expect(await client.nextFrame()).toEqual({ kind: 'text', text: ANSWER });
    client.reset();
    await bench.alone();
  });

  it('§5.5: gets a pong between the fragments of its message', async () => {
    await using client = await bench.connect();
    client.write(all(more(HELLO.slice(0, 3)), frame({ opcode: 'ping', payload: 'p' })));
    expect(await client.nextFrame()).toEqual({ kind: 'pong', bytes: Buffer.from('p') });
    client.write(last(HELLO.slice(3)));
    expect(await client.nextFrame()).toEqual({ kind: 'text', text: ANSWER });
    client.reset();
    await bench.alone();
  });

  it.each([
    ['without a code', closeFrame(), undefined],
    ['with 1000', closeFrame(1000, 'bye'), 1000],
    ['with a code of its own', closeFrame(4999, '€'.repeat(41)), 4999],
  ])('§5.5.1: that closes %s gets its code back, and nothing more', async (_, close, code) => {
    await using client = await bench.connect();
    client.write(all(close, frame({ payload: HELLO }), frame({ opcode: 'ping' }), close));
    expect(await client.nextFrame()).toEqual({ kind: 'close', code, reason: '' });
    expect(await client.ended()).toBe('fin');
    expect(client.received).toBe(1);
    client.reset();
    await bench.alone();
  });

  it('that floods with pings gets a pong for each', async () => {
    await using client = await bench.connect();
    for (let hundred = 0; hundred < 100; hundred++) {
      client.write(all(...Array.from({ length: 100 }, () => frame({ opcode: 'ping' }))));
    }
    await until(() => client.received === 10_000);
    client.reset();
    await bench.alone();
  });

  it('that floods with pongs is heard, and gets nothing', async () => {
    await using client = await bench.connect();
    for (let hundred = 0; hundred < 100; hundred++) {
      client.write(all(...Array.from({ length: 100 }, () => frame({ opcode: 'pong' }))));
    }
    client.write(frame({ payload: HELLO }));
    expect(await client.nextFrame()).toEqual({ kind: 'text', text: ANSWER });
    expect(client.received).toBe(1);
    client.reset();
    await bench.alone();
  });

  it('that sends one byte at a time is answered', async () => {
    await using client = await bench.connect();
    await client.drip(frame({ payload: HELLO }));
    expect(await client.nextFrame()).toEqual({ kind: 'text', text: ANSWER });
    client.reset();
    await bench.alone();
  });

  it('that sends empty fragments for ever is closed with 1008', async () => {
    await using client = await bench.connect();
    client.write(all(more('['), ...Array.from({ length: 64 }, () => more('', 'continuation'))));
    expect(await client.nextFrame()).toMatchObject({ kind: 'close', code: 1008 });
    client.reset();
    await bench.alone();
  });

  it.each([
    ['is reset', (client: RawClient) => client.reset()],
    ['ends', (client: RawClient) => client.finish()],
  ])('whose connection %s in the midst of a frame is forgotten', async (_, end) => {
    await using client = await bench.connect();
    client.write(frame({ payload: HELLO }).subarray(0, 9));
    await bench.turn();
    end(client);
    await bench.alone();
  });

  it.each([
    ['sends part of a frame', frame({ payload: HELLO }).subarray(0, 9)],
    ['sends part of a header', frame({ payload: HELLO }).subarray(0, 3)],
    ['sends part of a message', more('{"type"')],
    ['is half open', Buffer.alloc(0)],
  ])('that %s and then is silent for ever is cut by the heartbeat', async (_, bytes) => {
    await using client = await bench.connect();
    client.write(bytes);
    await bench.turn();
    clock.advance(30_000);
    expect(await client.nextFrame()).toMatchObject({ kind: 'ping' });
    await bench.turn();
    clock.advance(10_000);
    await client.ended();
    await bench.alone();
    // To the next round of the heartbeat.
    clock.advance(20_000);
    await bench.turn();
  });

  it('that is gone has left nothing behind', () => bench.forgotten());
});
