const ALPHABET = '13456789abcdefghijkmnopqrstuwxyz';
const CHECKSUM_BITS = 40n;

/** The public key of an account as 64 upper-case hex digits (contract 8); its checksum is not looked at. */
export function keyOf(account: string): string {
  const digits = account.slice(account.indexOf('_') + 1);
  let value = 0n;
  for (const digit of digits) value = (value << 5n) | BigInt(ALPHABET.indexOf(digit));
  const key = (value >> CHECKSUM_BITS) & ((1n << 256n) - 1n);
  return key.toString(16).toUpperCase().padStart(64, '0');
}
