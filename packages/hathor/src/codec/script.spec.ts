import { describe, expect, it } from '@jest/globals';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import {
  addressScript,
  CodecError,
  decodeScript,
  hathorNetworks,
  multisigScript,
  p2pkhInputData,
  p2pkhScript,
} from './index.js';

const { mainnet, testnet } = hathorNetworks;
const hash160 = 'a584cf48b161e4a49223ed220df30037ab740e00';
const hash = hexToBytes(hash160);
const p2pkh = 'HMcJymyctyhnWsWTXqhP9txDwgNZaMWf42';
const multisig = 'hVtW4HruVoWMassf11gWFRHRhwqAL2urPD';

describe('output scripts', () => {
  // Contract 5, "Script patterns".
  it.each([
    [p2pkhScript(hash), `76a914${hash160}88ac`],
    [p2pkhScript(hash, 1_600_000_000), `045f5e10006f76a914${hash160}88ac`],
    [multisigScript(hash), `a914${hash160}87`],
    [multisigScript(hash, 0), `04000000006fa914${hash160}87`],
    [addressScript(p2pkh, mainnet), `76a914${hash160}88ac`],
    [addressScript(multisig, mainnet, 1), `04000000016fa914${hash160}87`],
  ])('are built as the node builds them (%#)', (script, hex) => {
    expect(bytesToHex(script)).toBe(hex);
  });

  it.each([
    [`76a914${hash160}88ac`, 'P2PKH', p2pkh, null],
    [`76a94c14${hash160}88ac`, 'P2PKH', p2pkh, null],
    [`045f5e10006f76a914${hash160}88ac`, 'P2PKH', p2pkh, 1_600_000_000],
    [`4c045f5e10006f76a94c14${hash160}88ac`, 'P2PKH', p2pkh, 1_600_000_000],
    [`04ffffffff6f76a914${hash160}88ac`, 'P2PKH', p2pkh, 0xffff_ffff],
    [`a914${hash160}87`, 'MultiSig', multisig, null],
    [`a94c14${hash160}87`, 'MultiSig', multisig, null],
    [`04000000006fa914${hash160}87`, 'MultiSig', multisig, 0],
  ])('%s pays to a %s address', (hex, type, address, timelock) => {
    expect(decodeScript(hexToBytes(hex), mainnet)).toEqual({ type, address, timelock });
  });

  it.each([
    '',
    'ac',
    `76a914${hash160}88`,
    `76a914${hash160}88acac`,
    `76a913${hash160}88ac`,
    `76a94c4c14${hash160}88ac`,
    `76a914${hash160}87`,
    `a914${hash160}88ac`,
    `a914${hash160}8700`,
    `045f5e1000`,
    `045f5e10006f`,
    `045f5e10007076a914${hash160}88ac`,
    `055f5e1000006f76a914${hash160}88ac`,
    `04000000006f04000000006fa914${hash160}87`,
    '0a68656c6c6f20776f726cac',
  ])('%s pays to no address', (hex) => {
    expect(decodeScript(hexToBytes(hex), mainnet)).toBeUndefined();
  });

  it("are read in the addresses of the server's own network", () => {
    expect(decodeScript(p2pkhScript(hash), testnet)?.address).toBe(
      'WdmDUMp8KvzhWB7KLgguA2wBiKsh4Ha8eX',
    );
  });

  it('come back as they were, also from the middle of a buffer', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 20, maxLength: 20 }),
        fc.option(fc.nat(0xffff_ffff)),
        fc.constantFrom(p2pkhScript, multisigScript),
        (bytes, timelock, build) => {
          const script = build(bytes, timelock);
          const inside = Buffer.concat([Buffer.from('0102', 'hex'), script]).subarray(2);
          const decoded = decodeScript(inside, mainnet);
          expect(decoded?.timelock).toBe(timelock);
          expect(addressScript(decoded?.address ?? '', mainnet, timelock)).toEqual(script);
        },
      ),
    );
  });

  it('never fail to be read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(() => decodeScript(bytes, mainnet)).not.toThrow();
      }),
    );
  });

  it.each([-1, 1.5, 2 ** 32])('cannot have %s as timelock', (timelock) => {
    expect(() => p2pkhScript(hash, timelock)).toThrow(CodecError);
  });

  it('need a hash of 20 bytes', () => {
    expect(() => multisigScript(hash.subarray(1))).toThrow(CodecError);
  });
});

describe('input data', () => {
  it('pushes a signature, then its key', () => {
    expect(bytesToHex(p2pkhInputData(Uint8Array.of(1, 2), Uint8Array.of(3)))).toBe('0201020103');
  });

  it('marks pushes of more than 75 bytes, and refuses more than 255', () => {
    const key = Uint8Array.of(3);
    expect(bytesToHex(p2pkhInputData(new Uint8Array(75), key)).slice(0, 4)).toBe('4b00');
    expect(bytesToHex(p2pkhInputData(new Uint8Array(76), key)).slice(0, 6)).toBe('4c4c00');
    expect(() => p2pkhInputData(new Uint8Array(256), key)).toThrow(CodecError);
  });
});
