import { describe, expect, it } from '@jest/globals';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import {
  CodecError,
  decodeAuxPow,
  decodeVertex,
  encodeAuxPow,
  encodeVertex,
  encodeWithoutNonce,
  fundsPart,
  graphPart,
  sighash,
  vertexId,
} from './index.js';
import type {
  AuxPow,
  MergeMinedBlock,
  RegularBlock,
  RegularTransaction,
  TokenCreationTransaction,
  Vertex,
} from './index.js';

const bytes = (maxLength: number, minLength = 0) =>
  fc.uint8Array({ minLength, maxLength, size: 'max' });
const hash = bytes(32, 32).map((value) => bytesToHex(value));
const byte = fc.nat(0xff);

const outputs = fc.array(
  fc.record({ value: fc.bigInt({ min: 1n, max: 2n ** 63n }), tokenData: byte, script: bytes(300) }),
  { maxLength: 8 },
);
const inputs = fc.array(fc.record({ txId: hash, index: byte, data: bytes(300) }), { maxLength: 8 });
const common = {
  signalBits: byte,
  outputs,
  weight: fc.double({ noNaN: true, noDefaultInfinity: true }),
  timestamp: fc.nat(0xffff_ffff),
  parents: fc.array(hash, { maxLength: 4 }),
};
const nonce = (bits: bigint) => fc.bigInt({ min: 0n, max: 2n ** bits - 1n });
const text = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .filter((value) => new TextEncoder().encode(value).length <= 0xff);

const auxPow: fc.Arbitrary<AuxPow> = fc.record({
  headerHead: bytes(36, 36),
  // The arbitrary bytes hold no "Hath" of their own: 0x48 is replaced.
  coinbaseHead: bytes(400).map((head) =>
    concatBytes(
      head.map((value) => (value === 0x48 ? 0 : value)),
      new TextEncoder().encode('Hath'),
    ),
  ),
  coinbaseTail: bytes(400),
  merklePath: fc.array(bytes(32, 32), { maxLength: 12 }),
  headerTail: bytes(12, 12),
});

const block: fc.Arbitrary<RegularBlock> = fc.record({
  version: fc.constant(0 as const),
  ...common,
  data: bytes(100),
  nonce: nonce(128n),
});
const mergeMined: fc.Arbitrary<MergeMinedBlock> = fc.record({
  version: fc.constant(3 as const),
  ...common,
  data: bytes(100),
  nonce: fc.constant(0n as const),
  auxPow,
});
const transaction: fc.Arbitrary<RegularTransaction> = fc.record({
  version: fc.constant(1 as const),
  ...common,
  inputs,
  tokens: fc.array(hash, { maxLength: 4 }),
  nonce: nonce(32n),
});
const tokenCreation: fc.Arbitrary<TokenCreationTransaction> = fc.record({
  version: fc.constant(2 as const),
  ...common,
  inputs,
  tokenInfo: fc.record({
    version: fc.constantFrom(1 as const, 2 as const),
    name: text,
    symbol: text,
  }),
  nonce: nonce(32n),
});
const vertex = fc.oneof<fc.Arbitrary<Vertex>[]>(block, mergeMined, transaction, tokenCreation);

describe('vertices', () => {
  it.each<[string, fc.Arbitrary<Vertex>]>([
    ['blocks', block],
    ['merge-mined blocks', mergeMined],
    ['transactions', transaction],
    ['token creations', tokenCreation],
  ])('%s come back as they were', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (original) => {
        const decoded = decodeVertex(encodeVertex(original));
        expect(decoded).toEqual(original);
        expect(vertexId(decoded)).toBe(vertexId(original));
      }),
    );
  });

  it('consist of funds part, graph part and proof of work', () => {
    fc.assert(
      fc.property(vertex, (original) => {
        const parts = concatBytes(fundsPart(original), graphPart(original));
        expect(encodeWithoutNonce(original)).toEqual(parts);
        expect(encodeVertex(original).subarray(0, parts.length)).toEqual(parts);
      }),
    );
  });

  it('sign the same bytes whatever their input data', () => {
    fc.assert(
      fc.property(fc.oneof(transaction, tokenCreation), bytes(80), (original, data) => {
        const signed = {
          ...original,
          inputs: original.inputs.map((input) => ({ ...input, data })),
        };
        const unsigned = signed.inputs.map((input) => ({ ...input, data: new Uint8Array() }));
        expect(sighash(signed)).toEqual(sighash(original));
        expect(sighash(signed)).toEqual(fundsPart({ ...signed, inputs: unsigned }));
      }),
    );
  });

  it('keep a byte order mark in a name, and every character of a symbol', () => {
    fc.assert(
      fc.property(tokenCreation, (original) => {
        const marked = {
          ...original,
          tokenInfo: { version: 1, name: '\ufeffa', symbol: '🚀' } as const,
        };
        expect(decodeVertex(encodeVertex(marked))).toEqual(marked);
      }),
      { numRuns: 5 },
    );
  });

  it('have an auxiliary proof of work that comes back on its own, as events carry it', () => {
    fc.assert(
      fc.property(auxPow, (original) => {
        expect(decodeAuxPow(encodeAuxPow(original))).toEqual(original);
      }),
    );
  });
});

describe('bytes', () => {
  function expectSameBytesOrCodecError(input: Uint8Array): void {
    try {
      const decoded = decodeVertex(input);
      expect(encodeVertex(decoded)).toEqual(input);
      expect(vertexId(decoded)).toMatch(/^[0-9a-f]{64}$/);
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
    }
  }

  it('that were changed anywhere decode to a vertex of exactly these bytes, or fail as CodecError', () => {
    fc.assert(
      fc.property(
        vertex,
        fc.array(fc.tuple(fc.nat(), byte), { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        (original, changes, cut) => {
          const input = encodeVertex(original);
          for (const [at, value] of changes) input[at % input.length] = value;
          expectSameBytesOrCodecError(input.slice(0, input.length - cut));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('at random decode to a vertex of exactly these bytes, or fail as CodecError', () => {
    const head = fc.tuple(byte, fc.nat(4)).map((pair) => Uint8Array.from(pair));
    fc.assert(
      fc.property(head, bytes(200), (start, rest) => {
        expectSameBytesOrCodecError(concatBytes(start, rest));
      }),
      { numRuns: 3_000 },
    );
  });
});
