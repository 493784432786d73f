import { describe, expect, it } from '@jest/globals';
import { outputOnly } from './output-only.codec.js';

describe('outputOnly', () => {
  it('hears nothing in what clients send, well-formed or not', () => {
    const codec = outputOnly();
    for (const text of ['{"type":"subscribe"}', 'ping', '', '{']) {
      expect(codec.decode(Buffer.from(text), false)).toEqual([]);
    }
  });

  it('writes messages as JSON with all digits, or as it is told', () => {
    expect(outputOnly().encode({ slot: 2n ** 64n - 1n })).toBe('{"slot":18446744073709551615}');
    expect(outputOnly((height: number) => `#${String(height)}`).encode(7)).toBe('#7');
  });
});
