/** An address, and the number that the client knows it by. */
export interface AddressItem {
  readonly index: number | bigint;
  readonly address: string;
}

/** Where the addresses of a stream come from. */
export interface AddressSource {
  /** The next address. `none-yet`: none now, and more may come. `exhausted`: none any more. */
  next(): AddressItem | 'none-yet' | 'exhausted';
}
