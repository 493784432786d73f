/** A block as a Basalt node shows it. */
export interface MockBasaltBlock {
  readonly number: number;
  /** BLAKE3 of the header, see `basaltHeaderBytes`. */
  readonly hash: `0x${string}`;
  readonly parentHash: `0x${string}`;
  readonly stateRoot: `0x${string}`;
  /** Unix milliseconds; 0 for genesis. */
  readonly timestamp: number;
  /** Address of the validator; zeros for genesis. */
  readonly proposer: `0x${string}`;
  readonly gasUsed: number;
  readonly gasLimit: number;
  /** Decimal. */
  readonly baseFee: string;
  readonly transactionCount: number;
}

/** What is hashed. */
export interface BasaltHeader extends Omit<MockBasaltBlock, 'hash' | 'transactionCount'> {
  readonly transactionsRoot: `0x${string}`;
  readonly chainId: number;
}
