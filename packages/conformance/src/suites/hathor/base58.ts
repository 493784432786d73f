import { createHash } from 'node:crypto';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const ADDRESS_BYTES = 25;
const CHECKSUM_BYTES = 4;

/** The bytes of an address (contract 5): version, hash, checksum. Nothing, if it is no base58 text of 25 bytes. */
export function addressBytes(address: string): Buffer | undefined {
  let value = 0n;
  for (const digit of address) {
    const index = ALPHABET.indexOf(digit);
    if (index === -1) return undefined;
    value = value * 58n + BigInt(index);
  }
  const hex = value.toString(16).padStart(ADDRESS_BYTES * 2, '0');
  return hex.length === ADDRESS_BYTES * 2 ? Buffer.from(hex, 'hex') : undefined;
}

/** Version byte and hash as an address. */
export function addressText(version: number, hash: Uint8Array): string {
  const payload = Buffer.concat([Buffer.of(version), hash]);
  const bytes = Buffer.concat([payload, checksum(payload)]);
  let value = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (; value > 0n; value /= 58n) text = (ALPHABET[Number(value % 58n)] ?? '') + text;
  return text;
}

/** Whether the last bytes are the checksum of those before. */
export function hasChecksum(bytes: Buffer): boolean {
  const split = bytes.length - CHECKSUM_BYTES;
  return checksum(bytes.subarray(0, split)).equals(bytes.subarray(split));
}

function checksum(payload: Uint8Array): Buffer {
  return sha256(sha256(payload)).subarray(0, CHECKSUM_BYTES);
}

/** SHA-256. */
export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
