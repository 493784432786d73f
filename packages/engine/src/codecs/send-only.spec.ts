import { describe, expect, it } from '@jest/globals';
import { sendOnly } from './send-only.codec.js';

describe('sendOnly', () => {
  it('hears nothing in what clients send, well-formed or not', () => {
    const codec = sendOnly();
    for (const text of ['{"type":"subscribe"}', 'ping', '', '{']) {
      expect(codec.decode(Buffer.from(text), false)).toEqual([]);
    }
  });

  it('writes messages as JSON with all digits, or as it is told', () => {
    expect(sendOnly().encode({ slot: 2n ** 64n - 1n })).toBe('{"slot":18446744073709551615}');
    expect(sendOnly((height: number) => `#${String(height)}`).encode(7)).toBe('#7');
  });
});
