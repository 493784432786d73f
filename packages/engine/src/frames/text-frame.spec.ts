import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as ws from 'ws';
import { binaryFrame, headerLength, messagesIn, textFrame, writeTextHeader } from './text-frame.js';

/** The framing of `ws`, which is exported and not typed. */
const { Sender } = ws as unknown as {
  Sender: { frame(data: Buffer, options: object): Buffer[] };
};

function frameOfWs(payload: Buffer, opcode: 1 | 2): Buffer {
  const options = { fin: true, mask: false, readOnly: true, rsv1: false, opcode };
  return Buffer.concat(Sender.frame(payload, options));
}

const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000];

describe('frames', () => {
  it.each(lengths)('of %i bytes are the bytes that ws would send', (length) => {
    const payload = Buffer.alloc(length, 'a');
    expect(textFrame(payload.toString()).equals(frameOfWs(payload, 1))).toBe(true);
    expect(binaryFrame(payload).equals(frameOfWs(payload, 2))).toBe(true);
  });

  it('are measured in bytes, not in characters', () => {
    const text = 'é'.repeat(100);
    expect(textFrame(text).equals(frameOfWs(Buffer.from(text), 1))).toBe(true);
  });

  it.each([
    [125, 2],
    [126, 4],
    [65_535, 4],
    [65_536, 10],
    [2 ** 32, 10],
    [Number.MAX_SAFE_INTEGER, 10],
  ])('of %i bytes have a header of %i', (length, header) => {
    expect(headerLength(length)).toBe(header);
    expect(writeTextHeader(Buffer.alloc(10), 0, length)).toBe(header);
  });

  it.each([
    [2 ** 31, '80000000'],
    [2 ** 32 - 1, 'ffffffff'],
    [2 ** 32, '0100000000'],
    [2 ** 32 + 1, '0100000001'],
    [5 * 2 ** 32 + 0xdead_beef, '05deadbeef'],
    [Number.MAX_SAFE_INTEGER, '1fffffffffffff'],
  ])('of %i bytes write their length in 64 bits', (length, hex) => {
    const target = Buffer.alloc(12, 0xee);
    expect(writeTextHeader(target, 1, length)).toBe(11);
    expect(target.toString('hex')).toBe(`ee817f${hex.padStart(16, '0')}ee`);
  });
});

describe('messagesIn', () => {
  it('takes out of a buffer of frames what was put in', () => {
    const message = fc.record({
      binary: fc.boolean(),
      length: fc.oneof(fc.nat({ max: 300 }), fc.constantFrom(...lengths)),
      fill: fc.nat({ max: 255 }),
    });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), (messages) => {
        const sent = messages.map(({ binary, length, fill }) => ({
          binary,
          payload: binary ? Buffer.alloc(length, fill) : Buffer.alloc(length, 'text'),
        }));
        const frames = sent.map(({ binary, payload }) =>
          binary ? binaryFrame(payload) : textFrame(payload.toString()),
        );
        const received = [...messagesIn(Buffer.concat(frames))];
        expect(received.map(({ binary }) => binary)).toEqual(sent.map(({ binary }) => binary));
        received.forEach(({ payload }, at) => {
          expect(payload.equals(sent[at]?.payload ?? Buffer.alloc(0))).toBe(true);
        });
        expect(received).toHaveLength(sent.length);
      }),
      { numRuns: 50 },
    );
  });

  it('finds nothing in nothing', () => {
    expect([...messagesIn(Buffer.alloc(0))]).toEqual([]);
  });
});
