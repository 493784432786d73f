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
const STRANGER = new RegExp(`[^${ALPHABET}]`);
const PREFIXES = ['nano_', 'nano-', 'xrb_', 'xrb-', 'node_'];

const valueOf: readonly number[] = Array.from({ length: 128 }, (_, code) =>
  ALPHABET.indexOf(String.fromCharCode(code)),
);

/** Creating a hasher costs as much as hashing. */
const fresh = blake2b.create({ dkLen: CHECKSUM_SIZE });
const hasher = blake2b.create({ dkLen: CHECKSUM_SIZE });

/** What keeps a text from being an account. */
type AccountFault = Pick<WireError, 'code' | 'reason'>;

const FAULTS = {
  prefix: { code: 'WRONG_PREFIX', reason: 'does not start with nano_ or xrb_' },
  range: { code: 'OUT_OF_RANGE', reason: 'does not go on with 1 or 3 after the prefix' },
  checksum: { code: 'CHECKSUM', reason: 'wrong checksum' },
} as const satisfies Record<string, AccountFault>;

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
  return decoded(text, 'account');
}

/** Whether {@link decodeAccount} takes it. */
export function isAccount(text: string): boolean {
  return keyIn(text) instanceof Uint8Array;
}

/** {@link canonicalAccount} of a text that may be none, for which it is undefined. Costs no more for what is none. */
export function findAccount(text: string): string | undefined {
  const key = keyIn(text);
  return key instanceof Uint8Array ? canonicalText(text, key) : undefined;
}

/**
 * The public key of an account, however it is given.
 *
 * @throws WireError as {@link decodeAccount}, with the name of the field.
 */
export function accountKey(account: Account, field = 'account'): Uint8Array {
  return typeof account === 'string' ? decoded(account, field) : bytesOf(account, KEY_SIZE, field);
}

/**
 * The only form that the server writes: `nano_` and 60 characters, however the account is given.
 *
 * @throws WireError as {@link decodeAccount}, with the name of the field.
 */
export function canonicalAccount(account: Account, field = 'account'): string {
  const key = accountKey(account, field);
  return typeof account === 'string' ? canonicalText(account, key) : encodeAccount(key);
}

function canonicalText(text: string, key: Uint8Array): string {
  return text.startsWith('nano_') ? text : encodeAccount(key);
}

function decoded(text: string, field: string): Uint8Array {
  const key = keyIn(text);
  if (key instanceof Uint8Array) return key;
  throw new WireError(key.code, field, key.reason);
}

/** Errors are for those who want one: a client may list millions of texts that are no accounts, and a stack trace is dear. */
function keyIn(text: string): Uint8Array | AccountFault {
  const prefix = PREFIXES.find((candidate) => text.startsWith(candidate));
  if (prefix === undefined) return FAULTS.prefix;
  const length = text.length - prefix.length;
  if (length !== BODY_CHARACTERS) {
    const reason = `${length} characters after the prefix instead of ${BODY_CHARACTERS}`;
    return { code: 'WRONG_LENGTH', reason };
  }
  const body = text.slice(prefix.length);
  if (!body.startsWith('1') && !body.startsWith('3')) return FAULTS.range;
  const stranger = STRANGER.exec(body);
  if (stranger !== null) {
    const reason = `${JSON.stringify(stranger[0])} is not in the alphabet`;
    return { code: 'WRONG_CHARACTER', reason };
  }
  const key = bytesIn(body.slice(0, KEY_CHARACTERS), KEY_SIZE, 4);
  const check = bytesIn(body.slice(KEY_CHARACTERS), CHECKSUM_SIZE, 0);
  return checksum(key).every((byte, i) => byte === check[i]) ? key : FAULTS.checksum;
}

/** Five bytes of Blake2b over the key, reversed. */
function checksum(publicKey: Uint8Array): Uint8Array {
  const digest = new Uint8Array(CHECKSUM_SIZE);
  fresh._cloneInto(hasher).update(publicKey).digestInto(digest);
  return digest.reverse();
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

/** The reverse of {@link characters}; all of them are in the alphabet. */
function bytesIn(text: string, size: number, pad: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  let bits = -pad;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    value = ((value & 0xff) << 5) | (valueOf[text.charCodeAt(i)] ?? 0);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (value >> bits) & 0xff;
    }
  }
  return bytes;
}
