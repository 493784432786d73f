/** How single values are written (contract 7). */
import { refuse, wireType, type WireType } from './wire-type.js';

const MOST = 2n ** 64n - 1n;
const DIGITS = /^\d{1,20}$/;

/** Hex of exactly so many bytes; digits become lower case. */
export function bytes(length: number): WireType {
  const shape = new RegExp(`^0x[0-9a-f]{${String(2 * length)}}$`);
  return wireType({ type: 'string', pattern: shape.source }, (value) => {
    const text = typeof value === 'string' ? value.toLowerCase() : '';
    return shape.test(text) ? `"${text}"` : refuse(`no hex of ${String(length)} bytes`);
  });
}

/** A bit list: hex of its SSZ bytes, of which the last one holds the bit that marks the length. */
export const bitList = wireType(
  {
    type: 'string',
    pattern: '^0x(?:[0-9a-f]{2})+$',
    description: 'SSZ bytes; one extra 1 bit marks the length.',
  },
  (value) => {
    const text = typeof value === 'string' ? value.toLowerCase() : '';
    const isMarked = /^0x(?:[0-9a-f]{2})+$/.test(text) && !text.endsWith('00');
    return isMarked ? `"${text}"` : refuse('no hex of a bit list');
  },
);

/** All digits of an integer, never an exponent. */
export const uint64 = wireType(
  { type: 'integer', minimum: 0, format: 'uint64' },
  (value) => toUint64(value) ?? refuse(`${String(value)} is no exact 64-bit integer`),
);

/** As {@link uint64}, as a string. */
export const quotedUint64 = wireType(
  { type: 'string', pattern: '^(?:0|[1-9][0-9]{0,19})$' },
  (value) => `"${uint64(value)}"`,
);

export const boolean = wireType({ type: 'boolean' }, (value) =>
  typeof value === 'boolean' ? String(value) : refuse('no boolean'),
);

/** JSON escapes `"`, `\` and control characters and no others. */
export const text = wireType({ type: 'string' }, (value) =>
  typeof value === 'string' ? JSON.stringify(value) : refuse('no text'),
);

function toUint64(value: unknown): string | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
  }
  if (typeof value === 'string' && !DIGITS.test(value)) return undefined;
  if (typeof value !== 'string' && typeof value !== 'bigint') return undefined;
  const integer = BigInt(value);
  return integer >= 0n && integer <= MOST ? String(integer) : undefined;
}
