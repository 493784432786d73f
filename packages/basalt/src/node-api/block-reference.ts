import type { BasaltInteger } from '../blocks/basalt-block.js';

const MOST = 2n ** 64n - 1n;

/** Understands a block's number or hash as it stands in a path; undefined: it is neither. */
export function blockReference(text: string): BasaltInteger | string | undefined {
  if (/^(?:0x)?[0-9a-f]{64}$/i.test(text)) {
    return `0x${text.replace(/^0x/i, '').toLowerCase()}`;
  }
  if (!/^\d{1,20}$/.test(text)) return undefined;
  const number = BigInt(text);
  if (number > MOST) return undefined;
  return number <= Number.MAX_SAFE_INTEGER ? Number(number) : number;
}
