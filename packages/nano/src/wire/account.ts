/**
 * Account text (contract 8): a prefix and 60 characters of five bits each, which hold 4 zero bits, the 32-byte public key and a
 * checksum of 40 bits.
 */
import { blake2b } from '@noble/hashes/blake2.js';
import { bytesOf } from './bytes.js';
import { WireError } from './wire-error.js';

/**
 * An account: its text with any of the accepted prefixes, or the 32 bytes of its public key.
 */
export type Account = Uint8Array | string;

/** `nano` for accounts; `node` for the ids of nodes in telemetry. */
export type AccountPrefix = 'nano' | 'node';

const ALPHABET = '13456789abcdefghijkmnopqrstuwxyz';
const KEY_SIZE = 32;
const CHECKSUM_SIZE = 5;
const KEY_CHARACTERS = 52;
const BODY_CHARACTERS = 60;
const PREFIXES = ['nano_', 'nano-', 'xrb_', 'xrb-', 'node_'];

const valueOf: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const value = ALPHABET.indexOf(String.fromCharCode(code));
  return value < 0 ? undefined : value;
});

/**
 * The account text of a public key.
 *
 * @param prefix default `nano`
 * @throws WireError `WRONG_LENGTH` unless the key has 32 bytes.
 */
export function encodeAccount(publicKey: Uint8Array, prefix: AccountPrefix = 'nano'): string {
  if (publicKey.length !== KEY_SIZE) {
    throw new WireError('WRONG_LENGTH', 'account', `${publicKey.length} bytes instead of 32`);
  }
  // The four zero bits in front are the upper part of the first character.
  return `${prefix}_${characters(publicKey, 4)}${characters(checksum(publicKey), 0)}`;
}

/**
 * The public key in an account text. Accepted are `nano_`, `nano-`, `xrb_`, `xrb-` and, as the node's decoder does, `node_`; lower
 * case only; nothing is trimmed.
 *
 * @throws WireError naming the first check that failed, in this order: `WRONG_PREFIX`, `WRONG_LENGTH`, `OUT_OF_RANGE` (first
 * character not `1` or `3`), `WRONG_CHARACTER`, `CHECKSUM`.
 */
export function decodeAccount(text: string): Uint8Array {
  const prefix = PREFIXES.find((candidate) => text.startsWith(candidate));
  if (prefix === undefined) throw invalid('WRONG_PREFIX', 'does not start with nano_ or xrb_');
  const body = text.slice(prefix.length);
  if (body.length !== BODY_CHARACTERS) {
    throw invalid(
      'WRONG_LENGTH',
      `${body.length} characters after the prefix instead of ${BODY_CHARACTERS}`,
    );
  }
  if (!body.startsWith('1') && !body.startsWith('3')) {
    throw invalid('OUT_OF_RANGE', 'does not go on with 1 or 3 after the prefix');
  }
  const key = bytesIn(body.slice(0, KEY_CHARACTERS), KEY_SIZE, 4);
  const check = bytesIn(body.slice(KEY_CHARACTERS), CHECKSUM_SIZE, 0);
  if (checksum(key).some((byte, i) => byte !== check[i])) {
    throw invalid('CHECKSUM', 'wrong checksum');
  }
  return key;
}

/** Whether {@link decodeAccount} takes it. */
export function isAccount(text: string): boolean {
  try {
    decodeAccount(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The public key of an account, however it is given.
 *
 * @throws WireError as {@link decodeAccount}, with the name of the field.
 */
export function accountKey(account: Account, field = 'account'): Uint8Array {
  if (typeof account !== 'string') return bytesOf(account, KEY_SIZE, field);
  try {
    return decodeAccount(account);
  } catch (error) {
    throw error instanceof WireError ? new WireError(error.code, field, error.reason) : error;
  }
}

/**
 * The only form that the server writes: `nano_` and 60 characters, however the account is given.
 *
 * @throws WireError as {@link decodeAccount}, with the name of the field.
 */
export function canonicalAccount(account: Account, field = 'account'): string {
  const key = accountKey(account, field);
  return typeof account === 'string' && account.startsWith('nano_') ? account : encodeAccount(key);
}

/** Five bytes of Blake2b over the key, reversed. */
function checksum(publicKey: Uint8Array): Uint8Array {
  return blake2b(publicKey, { dkLen: CHECKSUM_SIZE }).reverse();
}

/** Bytes as characters of five bits; `pad` zero bits go in front, so that the bits come out even. */
function characters(bytes: Uint8Array, pad: number): string {
  let text = '';
  let bits = pad;
  let value = 0;
  for (const byte of bytes) {
    value = ((value & 0x1f) << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(value >> (bits - 5)) & 0x1f] ?? '';
  }
  return text;
}

/** The reverse of {@link characters}. */
function bytesIn(text: string, size: number, pad: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  let bits = -pad;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const five = valueOf[text.charCodeAt(i)];
    if (five === undefined) {
      throw invalid('WRONG_CHARACTER', `${JSON.stringify(text[i])} is not in the alphabet`);
    }
    value = ((value & 0xff) << 5) | five;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (value >> bits) & 0xff;
    }
  }
  return bytes;
}

function invalid(code: WireError['code'], reason: string): WireError {
  return new WireError(code, 'account', reason);
}
