import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeFrame, encodeFrame, packEvent } from './fan-frame.js';

const RUN = { startedAt: 1_700_000_000_000, id: '00ff00ff00ff00ff' };

function throughFrame(data: unknown): unknown {
  const bytes = encodeFrame(RUN, 5, [packEvent({ type: 't', time: 1, data })]);
  return [...(decodeFrame(bytes)?.events(5) ?? [])][0]?.data;
}

describe('a frame', () => {
  it.each([
    ['a bigint of 128 bits', 2n ** 128n - 1n],
    ['a negative bigint', -5n],
    ['bytes', new Uint8Array([1, 2, 3])],
    ['other arrays of numbers', new Float64Array([1.5])],
    ['a date', new Date(5)],
    ['a map in a set', new Set([new Map([[{ a: 1 }, 2n]])])],
    ['members that are undefined', { a: undefined, b: null }],
    ['numbers that JSON does not know', [-0, NaN, Infinity]],
    ['half of a surrogate pair', '\ud800'],
    ['nothing', undefined],
  ])('brings %s as it was', (_, data) => {
    expect(throughFrame(data)).toStrictEqual(data);
  });

  it('brings any value as it was', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
    });
    fc.assert(fc.property(anything, (data) => expect(throughFrame(data)).toStrictEqual(data)));
  });

  it('brings all events from a number on, in order', () => {
    const events = [10, 11, 12].map((data) =>
      packEvent({ type: `t${data}`, time: data, ...(data > 10 && { group: data }), data }),
    );
    const frame = decodeFrame(encodeFrame(RUN, 3, events, true));
    expect(frame).toMatchObject({ run: RUN, first: 3, count: 3, last: true });
    expect([...(frame?.events(4) ?? [])]).toEqual([
      { type: 't11', time: 11, group: 11, data: 11 },
      { type: 't12', time: 12, group: 12, data: 12 },
    ]);
  });

  it('is not made of what cannot leave the process', () => {
    expect(() => packEvent({ type: 't', time: 0, data: { call: () => 1 } })).toThrow(
      "'t' cannot be sent to other nodes",
    );
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['too little', Buffer.alloc(29, 1)],
    ['another version', Buffer.alloc(40, 9)],
  ])('is not seen in %s', (_, bytes) => {
    expect(decodeFrame(bytes)).toBeUndefined();
  });
});
