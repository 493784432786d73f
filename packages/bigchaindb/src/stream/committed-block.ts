/** An output of a transaction, as far as the stream looks at it. */
export interface TransactionOutput {
  /** Base58. */
  readonly public_keys?: readonly string[];
}

/** A transaction as the node stores it; members that the stream does not look at may be there too. */
export interface BigchaindbTransaction {
  /** SHA3-256, 64 lower-case hex digits. */
  readonly id: string;
  /** `CREATE`, `TRANSFER`, `VALIDATOR_ELECTION`, `VOTE`, … */
  readonly operation?: string;
  /** `{ id }` refers to another transaction's asset, anything else makes the transaction's own. */
  readonly asset?: { readonly id?: unknown; readonly data?: unknown } | null;
  readonly outputs?: readonly TransactionOutput[];
}

/** A block after it and its transactions are stored. */
export interface CommittedBlock {
  readonly height: number | bigint;
  /** Hash of the block; only shown by the block stream, which is off by default. */
  readonly hash?: string;
  /** Those the node accepted, in block order. */
  readonly transactions: readonly BigchaindbTransaction[];
}

/** Events an application publishes for the stream. */
export interface BigchaindbChainEvents {
  /** Once per block and in order of height, after the block is stored (contract 8). */
  'block.committed': CommittedBlock;
}

declare module '@sluice/engine' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- declaration merging
  interface ChainEventMap extends BigchaindbChainEvents {}
}
