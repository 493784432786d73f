import { describe, expect, it } from '@jest/globals';
import { hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import type { BlockTemplate, MergeMinedBlock, RegularBlock } from './index.js';
import {
  CodecError,
  decodeVertex,
  encodeVertex,
  encodeWithoutNonce,
  mergeMiningHash,
  mine,
  minimalBlock,
  miningHeader,
  templateData,
  vertexId,
} from './index.js';

/** The template in contract 3.5. */
const TEMPLATE: BlockTemplate = {
  versions: [0, 3],
  reward: 6400n,
  weight: 2,
  timestamp_now: 1795241866,
  timestamp_min: 1572636347,
  timestamp_max: 1572640845,
  parents: [
    '0a4b0ea9253e90fe8a2f3d4c7397c2c5a2efa6fe83fae9e3134e77adc4f5fa8b',
    '16ba3dbe424c443e571b00840ca54b9ff4cff467e10b6a15536e718e2008f952',
    '33e14cb555a96967841dcbe0f95e9eab5810481d01de8f4f73afb8cce365e869',
  ],
  parents_any: [],
  height: 2,
  score: 20n,
  signal_bits: 0,
};
const DATA =
  '0000010000190000000040000000000000005dbc86bb030a4b0ea9253e90fe8a2f3d4c7397c2c5a2efa6fe83fae9e3134e77adc4f5fa8b16ba3dbe424c443e571b00840ca54b9ff4cff467e10b6a15536e718e2008f95233e14cb555a96967841dcbe0f95e9eab5810481d01de8f4f73afb8cce365e86900';

const id = (digit: string) => digit.repeat(64);

const template = fc.record<BlockTemplate>({
  versions: fc.constantFrom<BlockTemplate['versions'][]>([0, 3], [3, 0], [0], [3]),
  reward: fc.bigInt({ min: 1n, max: 2n ** 63n }),
  weight: fc.double({ min: 0, max: 255, noNaN: true }),
  timestamp_now: fc.nat(),
  timestamp_min: fc.nat({ max: 0xffffffff }),
  timestamp_max: fc.nat({ max: 0xffffffff }),
  parents: fc.array(fc.constantFrom(...'0123'.split('').map(id)), { minLength: 1, maxLength: 3 }),
  parents_any: fc.array(fc.constantFrom(...'456789abcdef'.split('').map(id)), { minLength: 2 }),
  height: fc.nat(),
  score: fc.bigInt({ min: 0n }),
  signal_bits: fc.nat({ max: 255 }),
});

describe('the minimal block of a template', () => {
  it('hathor §3.5 has the published bytes', () => {
    expect(templateData(TEMPLATE)).toBe(DATA);
  });

  it('hathor §7.90 has timestamp_min, the required parents, one output of the reward with an empty script, no data, the signal bits', () => {
    expect(minimalBlock({ ...TEMPLATE, signal_bits: 5 })).toEqual({
      version: 0,
      signalBits: 5,
      outputs: [{ value: 6400n, tokenData: 0, script: new Uint8Array() }],
      weight: 2,
      timestamp: 1572636347,
      parents: TEMPLATE.parents,
      data: new Uint8Array(),
    });
  });

  it('hathor §3.5 is filled up to three parents with the smallest of parents_any', () => {
    const parents_any = [id('9'), id('2'), id('5')];
    const parentsOf = (parents: readonly string[]) =>
      minimalBlock({ ...TEMPLATE, parents, parents_any }).parents;
    expect(parentsOf([id('f')])).toEqual([id('f'), id('2'), id('5')]);
    expect(parentsOf([id('f'), id('1')])).toEqual([id('f'), id('1'), id('2')]);
    expect(parentsOf(TEMPLATE.parents)).toEqual(TEMPLATE.parents);
  });

  it('hathor §3.5 has the smallest of the versions', () => {
    expect(minimalBlock({ ...TEMPLATE, versions: [3, 0] }).version).toBe(0);
    expect(minimalBlock({ ...TEMPLATE, versions: [3] }).version).toBe(3);
    expect(templateData({ ...TEMPLATE, versions: [3] })).toBe(`0003${DATA.slice(4)}`);
  });

  it('is what a block is without its nonce, whatever the template says', () => {
    fc.assert(
      fc.property(template, fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (any, nonce) => {
        const draft = minimalBlock({ ...any, versions: [0] });
        const block: RegularBlock = { ...draft, version: 0, nonce };
        const bytes = hexToBytes(
          templateData({ ...any, versions: [0] }) + nonce.toString(16).padStart(32, '0'),
        );
        expect(bytes).toEqual(encodeVertex(block));
        expect(decodeVertex(bytes)).toEqual(block);
        expect(draft.parents).toHaveLength(3);
      }),
    );
  });

  it('becomes a regular block by its nonce, and a merge-mined one by its auxiliary proof of work', () => {
    const draft = minimalBlock(TEMPLATE);
    const block = mine({ ...draft, version: 0, nonce: 0n }) as RegularBlock;
    expect(miningHeader(block)).toEqual(miningHeader(draft));
    const mergeMined: MergeMinedBlock = {
      ...minimalBlock({ ...TEMPLATE, versions: [3] }),
      version: 3,
      nonce: 0n,
      auxPow: {
        headerHead: new Uint8Array(36),
        coinbaseHead: new TextEncoder().encode('Hath'),
        coinbaseTail: new Uint8Array(),
        merklePath: [],
        headerTail: new Uint8Array(12),
      },
    };
    expect(mergeMiningHash(mergeMined)).toEqual(mergeMiningHash({ ...draft, version: 3 }));
    expect(encodeWithoutNonce(mergeMined)).toEqual(encodeWithoutNonce({ ...draft, version: 3 }));
  });

  it.each<[string, Partial<BlockTemplate>, string]>([
    ['a reward of nothing', { reward: 0n }, 'outputs[0].value'],
    ['a parent that is no id', { parents: ['ab'] }, 'parents[0]'],
    ['a weight that is none', { weight: Number.NaN }, 'weight'],
    ['a timestamp beyond 32 bits', { timestamp_min: 2 ** 32 }, 'timestamp'],
    ['signal bits beyond a byte', { signal_bits: 256 }, 'signalBits'],
  ])('cannot be made of %s', (_, changes, field) => {
    expect(() => templateData({ ...TEMPLATE, ...changes })).toThrow(
      expect.objectContaining({ name: CodecError.name, field }),
    );
  });
});

describe('a block with more data than nodes allow', () => {
  const draft = minimalBlock(TEMPLATE);
  const long: RegularBlock = { ...draft, version: 0, nonce: 7n, data: new Uint8Array(255) };
  const bytes = hexToBytes(`${DATA.slice(0, -2)}ff${'00'.repeat(255)}${'00'.repeat(15)}07`);

  it('can be read and hashed by who wants to say more of it than that', () => {
    expect(decodeVertex(bytes, { shapeOnly: true })).toEqual(long);
    expect(vertexId(long)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is neither read nor written otherwise', () => {
    expect(() => decodeVertex(bytes)).toThrow('data.length at offset 119: 255 bytes, limit 100');
    expect(() => encodeVertex(long)).toThrow('data: 255 bytes, limit 100');
    expect(() => encodeWithoutNonce(long)).toThrow('data: 255 bytes, limit 100');
  });
});
