/** Events that touch four addresses each, and who watches which. */

export interface FilterParameters {
  readonly subscribers: number;
}

export const KEYS_EACH = 20;

/** As an event comes from the wire: with strings that nobody has seen before. */
export interface Transfer {
  readonly addresses: readonly string[];
}

const address = (number: number): string => `address_${String(number).padStart(56, '0')}`;

/** The addresses that a subscriber watches. */
export function watched(subscriber: number): string[] {
  return Array.from({ length: KEYS_EACH }, (_, index) => address(subscriber * KEYS_EACH + index));
}

/** Events that differ. */
export const TRANSFERS = 1000;

/** JSON of transfers that concern two subscribers each: one of them twice, and one address is nobody's. */
export function transferTexts({ subscribers }: FilterParameters): string[] {
  return Array.from({ length: TRANSFERS }, (_, number) => {
    const [one, other] = [number * 7919, number * 7919 + 1].map((n) => n % subscribers);
    const first = (one ?? 0) * KEYS_EACH;
    const addresses = [first, first + 7, (other ?? 0) * KEYS_EACH, -1 - number].map(address);
    return JSON.stringify({ addresses });
  });
}
