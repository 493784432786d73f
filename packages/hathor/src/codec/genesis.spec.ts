import { describe, expect, it } from '@jest/globals';
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  encodeVertex,
  meetsTarget,
  miningHeader,
  unittestsGenesis,
  unittestsGenesisBlock,
  vertexId,
} from './index.js';

describe('the genesis of network unittests', () => {
  it('hathor §7.91 has the ids that nodes know, each a proof of work for its weight', () => {
    expect(unittestsGenesis.map(vertexId)).toEqual([
      '2ebb3b8edcb72a7e46cc0efacfe1b109e2e9dd868a90fe0906968dc8fbbf6488',
      '16ba3dbe424c443e571b00840ca54b9ff4cff467e10b6a15536e718e2008f952',
      '33e14cb555a96967841dcbe0f95e9eab5810481d01de8f4f73afb8cce365e869',
    ]);
    for (const vertex of unittestsGenesis) {
      expect(meetsTarget(vertexId(vertex), vertex.weight)).toBe(true);
    }
  });

  it('has a block with the published bytes and hashes', () => {
    expect(bytesToHex(encodeVertex(unittestsGenesisBlock))).toBe(
      '000001ffffffe8b789180000001976a914d07bc82d6e0d1bb116614076645e9b87c8c83b4188ac40000000000000005dbc86b7000000000000000000000000000000000005',
    );
    expect(bytesToHex(miningHeader(unittestsGenesisBlock))).toBe(
      'e496d2065fdb100570eeb2a3c3bfd16fae2e0f3422d894fe4141be1e3c87748890eedb2728a3ec979bbfc840d9ad99fee971685e16a1bf498aa9f2d5b46c6f92',
    );
  });
});
