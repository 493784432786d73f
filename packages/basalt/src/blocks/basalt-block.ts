/** An integer that keeps every digit: beyond 2^53 it is a bigint. */
export type BasaltInteger = number | bigint;

/** A block as the stream shows it (contract 5). */
export interface BasaltBlock {
  /** Height, 0 to 2^64-1. */
  readonly number: BasaltInteger;
  /** `0x` and 64 hex digits; a block's identity. */
  readonly hash: string;
  /** As `hash`; zeros for genesis. */
  readonly parentHash: string;
  /** As `hash`. */
  readonly stateRoot: string;
  /** Signed 64 bits, Unix milliseconds; passed through as it is. 0 for genesis. */
  readonly timestamp: BasaltInteger;
  /** `0x` and 40 hex digits; zeros for genesis. */
  readonly proposer: string;
  /** 0 to 2^64-1. */
  readonly gasUsed: BasaltInteger;
  /** 0 to 2^64-1. */
  readonly gasLimit: BasaltInteger;
  /** 0 to 2^31-1. */
  readonly transactionCount: number;
  /** Decimal; shown over HTTP only. */
  readonly baseFee?: string;
}
