import { describe, expect, it } from '@jest/globals';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import {
  CodecError,
  decodeVertex,
  meetsTarget,
  miningHeader,
  target,
  vertexId,
  weightToWork,
  workToWeight,
} from './index.js';

describe('a block of fractional weight', () => {
  // Contract 3.8, second vector.
  const block = decodeVertex(
    hexToBytes(
      '0500010000190000001976a914a584cf48b161e4a49223ed220df30037ab740e0088ac40308000000000005ddefa96032ebb3b8edcb72a7e46cc0efacfe1b109e2e9dd868a90fe0906968dc8fbbf648816ba3dbe424c443e571b00840ca54b9ff4cff467e10b6a15536e718e2008f95233e14cb555a96967841dcbe0f95e9eab5810481d01de8f4f73afb8cce365e86903616263000000000000000000000000000050ed',
    ),
  );

  it('has the published fields, hashes and id', () => {
    expect(block).toMatchObject({ signalBits: 5, weight: 16.5, nonce: 20_717n });
    expect(bytesToHex(miningHeader(block))).toBe(
      'fc30b319c8ec8fe439fa1a9bb0ae968066ead7e4753c4d96957bee7413b1a63c5d84502a75aa97fa0ca00e780d0d0c9dc0eef370e5f84269a96ec7bf18c8e91d',
    );
    expect(vertexId(block)).toBe(
      '000062915a5ce4a5d2a00ab964f59c3b419387edc9ae3938bfde1779a7c3d70c',
    );
  });

  it('meets the published target', () => {
    expect(target(16.5)).toBe(0xb504f333f9de680000000000000000000000000000000000000000000000n);
    expect(meetsTarget(vertexId(block), 16.5)).toBe(true);
    expect(meetsTarget(vertexId(block), 18)).toBe(false);
  });
});

describe('the target', () => {
  it.each([
    [0, 1n << 256n],
    [2, 1n << 254n],
    [21.7, 0x4ecb11effe0d54000000000000000000000000000000000000000000000n],
    [64.83, 0x9001ea9ae9b4080000000000000000000000000000000000n],
    [100.1, 0xeedb4008bd59980000000000000000000000000n],
    [255, 1n],
    [256, 0n],
    [300, 0n],
  ])('of weight %s is the nearest double, cut to an integer', (weight, expected) => {
    expect(target(weight)).toBe(expected);
  });

  it('is not met by an id that equals it', () => {
    const limit = target(21.7);
    const hex = (id: bigint) => id.toString(16).padStart(64, '0');
    expect(meetsTarget(hex(limit), 21.7)).toBe(false);
    expect(meetsTarget(hex(limit - 1n), 21.7)).toBe(true);
  });

  it.each([Number.NaN, Infinity, -Infinity, -768])('does not exist for weight %s', (weight) => {
    expect(() => target(weight)).toThrow(CodecError);
  });
});

describe('work', () => {
  // The nearest doubles to 2^weight, computed with 80 decimal digits, plus a half, rounded down.
  it.each([
    [0.5, 1n],
    [1e-9, 1n],
    [2, 4n],
    [16.5, 92_682n],
    [18.648830153779993, 411_015n],
    [21.000000001, 2_097_152n],
    [60.123456789, 1_255_925_668_193_642_496n],
    [64.83, 32_792_506_922_539_036_672n],
    [70.70710678118655, 1_927_347_601_684_299_251_712n],
    [99.999, 1_266_772_236_241_669_950_754_372_190_208n],
    [127.1, 182_352_805_317_449_078_846_413_393_372_859_334_656n],
  ])('of weight %s is %s', (weight, work) => {
    expect(weightToWork(weight)).toBe(work);
  });

  it.each([Number.NaN, Infinity, -Infinity, 1024])('does not exist for weight %s', (weight) => {
    expect(() => weightToWork(weight)).toThrow(CodecError);
  });

  // 411015 and 20 stand in the node's recordings; the others were computed with 80 decimal digits.
  it.each([
    [0n, 0],
    [1n, 0],
    [2n, 1],
    [3n, 1.584962500721156],
    [20n, 4.321928094887363],
    [411_015n, 18.648831520486652],
    [2n ** 53n + 1n, 53],
    [2n ** 70n + 12_345n, 70],
    [10n ** 30n + 1n, 99.65784284662087],
    [2n ** 1023n, 1023],
    [2n ** 1024n, Infinity],
  ])('of %s has weight %s', (work, weight) => {
    expect(workToWeight(work)).toBe(weight);
  });

  it('comes back from its weight to within the double', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n, max: 2n ** 40n }), (work) => {
        expect(weightToWork(workToWeight(work))).toBe(work);
      }),
    );
  });

  it('grows with the weight', () => {
    const weight = fc.double({ min: 1, max: 120, noNaN: true });
    fc.assert(
      fc.property(weight, weight, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(weightToWork(low) <= weightToWork(high)).toBe(true);
        expect(target(low) >= target(high)).toBe(true);
      }),
    );
  });
});
