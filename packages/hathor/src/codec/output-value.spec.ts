import { describe, expect, it } from '@jest/globals';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { CodecError, decodeOutputValue, encodeOutputValue } from './index.js';

describe('output values', () => {
  // Contract 3.8, "Output values".
  it.each([
    [1n, '00000001'],
    [6400n, '00001900'],
    [2n ** 31n - 1n, '7fffffff'],
    [2n ** 31n, 'ffffffff80000000'],
    [2n ** 63n, '8000000000000000'],
  ])('%s is %s', (value, hex) => {
    expect(bytesToHex(encodeOutputValue(value))).toBe(hex);
    expect(decodeOutputValue(hexToBytes(hex))).toBe(value);
  });

  it.each([0n, -1n, 2n ** 63n + 1n])('%s cannot be encoded', (value) => {
    expect(() => encodeOutputValue(value)).toThrow(CodecError);
  });

  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 63n }), (value) => {
        expect(decodeOutputValue(encodeOutputValue(value))).toBe(value);
      }),
    );
  });
});
