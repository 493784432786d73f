import { describe, expect, it } from '@jest/globals';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import {
  CodecError,
  decodeAddress,
  encodeAddress,
  hathorNetworks,
  isAddress,
  networkByName,
  publicKeyHash,
  redeemScriptHash,
} from './index.js';

const { mainnet, testnet } = hathorNetworks;
const hash = hexToBytes('a584cf48b161e4a49223ed220df30037ab740e00');

describe('addresses', () => {
  // Contract 5.
  it.each([
    ['P2PKH', mainnet, 'HMcJymyctyhnWsWTXqhP9txDwgNZaMWf42'],
    ['MultiSig', mainnet, 'hVtW4HruVoWMassf11gWFRHRhwqAL2urPD'],
    ['P2PKH', testnet, 'WdmDUMp8KvzhWB7KLgguA2wBiKsh4Ha8eX'],
    ['MultiSig', testnet, 'waicX6HzM7j2D3kgrhLfDooxjbrBDVtzLv'],
  ] as const)('%s of $name: %s', (kind, network, text) => {
    expect(encodeAddress(kind, hash, network)).toBe(text);
    expect(decodeAddress(text, network)).toEqual({ kind, hash });
    expect(isAddress(text, network)).toBe(true);
  });

  it.each([
    ['abc', 'INVALID_VALUE', '3 characters instead of 34'],
    ['HMcJymyctyhnWsWTXqhP9txDwgNZaMWf4', 'INVALID_VALUE', '33 characters instead of 34'],
    ['HMcJymyctyhnWsWTXqhP9txDwgNZaMWf40', 'INVALID_VALUE', 'not base58'],
    ['1111111111111111111111111111111111', 'INVALID_VALUE', '34 bytes instead of 25'],
    ['HMcJymyctyhnWsWTXqhP9txDwgNZaMWf43', 'CHECKSUM', 'wrong checksum'],
    [
      'WdmDUMp8KvzhWB7KLgguA2wBiKsh4Ha8eX',
      'FOREIGN_NETWORK',
      'version byte 73 is not of network mainnet',
    ],
  ] as const)('%s is refused: %s', (text, code, reason) => {
    expect(() => decodeAddress(text, mainnet)).toThrow(
      new CodecError(code, reason, { field: 'address' }),
    );
    expect(isAddress(text, mainnet)).toBe(false);
  });

  it('have 34 characters and come back, whatever the hash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
        for (const network of Object.values(hathorNetworks)) {
          for (const kind of ['P2PKH', 'MultiSig'] as const) {
            const text = encodeAddress(kind, bytes, network);
            expect(text).toHaveLength(34);
            expect(decodeAddress(text, network).hash).toEqual(bytes);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('need a hash of 20 bytes', () => {
    expect(() => encodeAddress('P2PKH', hash.subarray(1), mainnet)).toThrow(CodecError);
  });

  it('come from compressed public keys only', () => {
    // The generator of secp256k1, whose hash is known from Bitcoin.
    const key = hexToBytes('0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798');
    expect(bytesToHex(publicKeyHash(key))).toBe('751e76e8199196d454941c45d1b3a323f1433bd6');
    expect(redeemScriptHash(key)).toEqual(publicKeyHash(key));
    expect(() => publicKeyHash(key.subarray(1))).toThrow(CodecError);
    expect(() => publicKeyHash(new Uint8Array(33))).toThrow(CodecError);
  });

  it('belong to networks that are found by the name in messages', () => {
    expect(networkByName('testnet-india')).toBe(testnet);
    expect(networkByName('unittests')).toBe(hathorNetworks.unittests);
    expect(networkByName('testnet')).toBeUndefined();
  });
});
