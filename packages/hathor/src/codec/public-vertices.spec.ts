import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import {
  CodecError,
  decodeScript,
  decodeVertex,
  encodeVertex,
  hathorNetworks,
  isBlock,
  isTransaction,
  meetsTarget,
  publicKeyHash,
  signingHash,
  tokenUids,
  vertexId,
} from './index.js';
import type { Transaction, Vertex } from './index.js';

interface PublicVertex {
  readonly kind: string;
  readonly version: number;
  readonly hex: string;
}

// One vertex of each version from the public networks: the data of hathor-core's test_tx_deserialization.py.
const file = new URL('../../test/vectors/public-vertices.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as PublicVertex[];

function vertexOf(kind: string): Vertex {
  const vector = vectors.find((candidate) => candidate.kind === kind);
  return decodeVertex(hexToBytes(vector?.hex ?? ''));
}

describe('vertices of the public networks', () => {
  it.each(vectors)('a $kind decodes and encodes to the same bytes', ({ version, hex }) => {
    const vertex = decodeVertex(hexToBytes(hex));
    expect(vertex.version).toBe(version);
    expect(isBlock(vertex)).toBe(version === 0 || version === 3);
    expect(isTransaction(vertex)).toBe(version === 1 || version === 2);
    expect(bytesToHex(encodeVertex(vertex))).toBe(hex);
  });

  // The right id is the only one that can be a proof of work: a wrong one would meet these targets by a chance of 2^-17.
  it.each(vectors)('the id of a $kind is a proof of work for its weight', ({ hex }) => {
    const vertex = decodeVertex(hexToBytes(hex));
    expect(vertex.weight).toBeGreaterThan(17);
    expect(meetsTarget(vertexId(vertex), vertex.weight)).toBe(true);
  });

  it('a merge-mined block may have its twelve links and not one more than the limit', () => {
    const bytes = encodeVertex(vertexOf('merge-mined block'));
    expect(() => decodeVertex(bytes, { maxMerklePathLinks: 11 })).toThrow(
      new CodecError('TOO_LARGE', '12 links, limit 11', {
        field: 'auxPow.merklePath',
        offset: 297,
      }),
    );
  });

  it.each(['transaction', 'token creation'])(
    'the signature in the input of a %s verifies against its signing hash',
    (kind) => {
      const transaction = vertexOf(kind) as Transaction;
      const data = transaction.inputs[0]?.data ?? new Uint8Array();
      const signature = data.subarray(1, 1 + (data[0] ?? 0));
      const key = data.subarray(2 + signature.length);
      expect(
        secp256k1.verify(signature, signingHash(transaction), key, {
          prehash: false,
          format: 'der',
          lowS: false,
        }),
      ).toBe(true);
      expect(publicKeyHash(key)).toHaveLength(20);
    },
  );

  it('a token creation has its own id as the only token', () => {
    const vertex = vertexOf('token creation');
    expect(vertex).toMatchObject({ tokenInfo: { version: 1, name: 'ToTheMoon', symbol: '🚀' } });
    expect(tokenUids(vertex)).toEqual([vertexId(vertex)]);
    expect(tokenUids(vertexOf('transaction'))).toEqual([]);
    expect(tokenUids(vertexOf('block'))).toEqual([]);
  });

  it('pays to addresses of its network', () => {
    const script = vertexOf('merge-mined block').outputs[0]?.script ?? new Uint8Array();
    expect(decodeScript(script, hathorNetworks.mainnet)).toMatchObject({
      type: 'P2PKH',
      address: expect.stringMatching(/^H/) as unknown,
      timelock: null,
    });
  });
});
