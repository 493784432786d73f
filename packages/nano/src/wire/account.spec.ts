import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import {
  accountKey,
  canonicalAccount,
  decodeAccount,
  encodeAccount,
  isAccount,
  WireError,
} from './index.js';
import type { WireErrorCode } from './index.js';

interface AccountVectors {
  readonly valid: readonly { text: string; public_key: string; canonical: string }[];
  readonly invalid: readonly { text: string; why: string }[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../../test/vectors/accounts.json', import.meta.url), 'utf8'),
) as AccountVectors;

const some = 'nano_3t6k35gi95xu6tergt6p69ck76ogmitsa8mnijtpxm9fkcm736xtoncuohr3';

describe('account text', () => {
  it.each(vectors.valid)('$text is taken and written canonically', (vector) => {
    const key = hexToBytes(vector.public_key);
    expect(decodeAccount(vector.text)).toEqual(key);
    expect(encodeAccount(key)).toBe(vector.canonical);
    expect(canonicalAccount(vector.text)).toBe(vector.canonical);
    expect(canonicalAccount(key)).toBe(vector.canonical);
    expect(isAccount(vector.text)).toBe(true);
  });

  it.each(vectors.invalid)('$text is refused: $why', ({ text }) => {
    expect(() => decodeAccount(text)).toThrow(WireError);
    expect(isAccount(text)).toBe(false);
  });

  it.each<[string, string, WireErrorCode, string]>([
    ['the empty text', '', 'WRONG_PREFIX', 'does not start with nano_ or xrb_'],
    [
      'a foreign prefix',
      some.replace('nano', 'ban'),
      'WRONG_PREFIX',
      'does not start with nano_ or xrb_',
    ],
    ['upper case', some.toUpperCase(), 'WRONG_PREFIX', 'does not start with nano_ or xrb_'],
    [
      'too short',
      some.slice(0, -1),
      'WRONG_LENGTH',
      '59 characters after the prefix instead of 60',
    ],
    ['too long', `${some}1`, 'WRONG_LENGTH', '61 characters after the prefix instead of 60'],
    [
      'a key of 257 bits',
      some.replace('_3', '_4'),
      'OUT_OF_RANGE',
      'does not go on with 1 or 3 after the prefix',
    ],
    [
      'a character outside',
      some.replace('k', '2'),
      'WRONG_CHARACTER',
      '"2" is not in the alphabet',
    ],
    [
      'a character beyond ASCII',
      some.replace('k', 'é'),
      'WRONG_CHARACTER',
      '"é" is not in the alphabet',
    ],
    ['a changed end', some.replace(/3$/, '1'), 'CHECKSUM', 'wrong checksum'],
  ])('%s: the error says what is wrong', (_, text, code, reason) => {
    expect(() => decodeAccount(text)).toThrow(new WireError(code, 'account', reason));
    expect(() => accountKey(text, 'destination')).toThrow(
      new WireError(code, 'destination', reason),
    );
  });

  it('names nodes with a prefix of their own', () => {
    const node = 'node_3cczh431wuh5gg64jen6a658xewpx7eiyfqn7f8gpdcfp786s7xdb51kr1rp';
    expect(encodeAccount(decodeAccount(node), 'node')).toBe(node);
    expect(canonicalAccount(node)).toBe(node.replace('node', 'nano'));
  });

  it('comes back, whatever the key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        const text = encodeAccount(key);
        expect(text).toMatch(/^nano_[13][13-9a-km-uw-z]{59}$/);
        expect(bytesToHex(decodeAccount(text))).toBe(bytesToHex(key));
        expect(decodeAccount(text.replace('nano', 'xrb'))).toEqual(key);
      }),
    );
  });

  it('notices every changed character', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.integer({ min: 5, max: 64 }),
        fc.constantFrom(...'13456789abcdefghijkmnopqrstuwxyz'),
        (key, at, character) => {
          const text = encodeAccount(key);
          fc.pre(text[at] !== character);
          expect(isAccount(text.slice(0, at) + character + text.slice(at + 1))).toBe(false);
        },
      ),
    );
  });

  it('needs a key of 32 bytes', () => {
    expect(() => encodeAccount(new Uint8Array(31))).toThrow(
      new WireError('WRONG_LENGTH', 'account', '31 bytes instead of 32'),
    );
  });
});
