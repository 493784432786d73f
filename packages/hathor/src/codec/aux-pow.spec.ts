import { describe, expect, it } from '@jest/globals';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { auxPowHash, foldMerklePath } from './aux-pow.js';

// Block 1518605 of Bitcoin's test network, as its RPC prints it.
const coinbaseId = '32a31fb3f8596e5de0a40a53748839d15e0a1a1d264da5b7dacec9209a59fd2a';
const path = [
  '45c5dcbe62075d366b87fa375fb919c7a8ede24eba0a3a094df491aef55184ca',
  '6caec8ea3732c953fa195320bb26d2e9f630be5edf384a48e42e26ae7198f844',
  '188c78ef10ce002f2fc3cf8f445d4d1aa12d5f3ce32420e565c9d3cc4d64d8a2',
  '67ce1464dc89e67dd30acf8adf74c7ec37fa9f14040b7ecd9127391af1b25f2a',
  'ee017b11d10898f3b19194f43d9b5b9cf443b8e992797e49f4edd603fee060c7',
].map(hexToBytes);
const merkleRoot = '8927d337549640aaafdaa0dcbdb9c09972533a66bfb287aba3eb9c1be5b523ba';

describe('the auxiliary proof of work', () => {
  it('folds a merkle path to the root that Bitcoin has in the header', () => {
    const root = foldMerklePath(hexToBytes(coinbaseId).reverse(), path);
    expect(bytesToHex(root.reverse())).toBe(merkleRoot);
  });

  it('hashes the header around the root of an embedded hash', () => {
    const auxPow = {
      headerHead: new Uint8Array(36),
      coinbaseHead: Uint8Array.of(1),
      coinbaseTail: Uint8Array.of(2),
      merklePath: path,
      headerTail: new Uint8Array(12),
    };
    const hash = auxPowHash(auxPow, new Uint8Array(32));
    expect(auxPowHash(auxPow, new Uint8Array(32).fill(1))).not.toEqual(hash);
    expect(auxPowHash({ ...auxPow, merklePath: path.slice(1) }, new Uint8Array(32))).not.toEqual(
      hash,
    );
  });
});
