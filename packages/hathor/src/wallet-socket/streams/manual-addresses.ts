import type { AddressItem, AddressSource } from './address-source.js';

/** Most addresses of one stream that wait for their turn. */
const MAX_PENDING_ADDRESSES = 5000;

/** Characters of an address. The rest of it is checked when it is subscribed. */
const ADDRESS_LENGTH = 34;

/** Addresses that a client sends in one or more requests. */
export class ManualAddresses implements AddressSource {
  private pending: AddressItem[] = [];
  private taken = 0;
  private complete = false;

  /** Queues addresses, all or none. @returns why none was queued, in the words of contract 1.6. */
  add(items: readonly AddressItem[], last: boolean): string | undefined {
    if (this.pending.length - this.taken + items.length > MAX_PENDING_ADDRESSES) {
      return 'List of addresses is too long.';
    }
    const wrong = items.find(({ address }) => !hasAddressLength(address));
    if (wrong !== undefined) {
      return `Invalid address: AddressItem(index=${wrong.index}, address='${wrong.address}')`;
    }
    this.pending = [...this.pending.slice(this.taken), ...items];
    this.taken = 0;
    this.complete ||= last;
    return undefined;
  }

  next(): AddressItem | 'none-yet' | 'exhausted' {
    const item = this.pending[this.taken];
    if (item === undefined) return this.complete ? 'exhausted' : 'none-yet';
    this.taken++;
    return item;
  }
}

/** JavaScript's length counts some characters twice. */
function hasAddressLength(text: string): boolean {
  if (text.length > 2 * ADDRESS_LENGTH) return false;
  return Array.from(text).length === ADDRESS_LENGTH;
}
