/** Options of {@link NanoMockChain}. */
export interface NanoMockChainOptions {
  /** An integer: keys, amounts, the order of votes and all else that is chosen follow from it. */
  readonly seed: number;
  /** Unix milliseconds. Default: a clock of the chain's own, which begins in 2024 and goes on by a second with every action. */
  readonly now?: () => number;
  /** Accounts of the wallet that hold something from the start. Default 8. */
  readonly accounts?: number;
  /** Least difficulty of a block's work. Default `f000000000000000`: 16 attempts on average. */
  readonly workThreshold?: bigint;
  /** What is kept. */
  readonly limits?: NanoChainLimits;
}

/** Bounds of what a chain keeps in memory, and what happens there. */
export interface NanoChainLimits {
  /** Confirmed blocks that can be looked up; older ones are forgotten. Default 5,000. */
  readonly history?: number;
  /** Blocks without confirmation; beyond it no block is taken. Default 1,000. */
  readonly unconfirmed?: number;
  /** Confirmed sends that wait to be received; beyond it the oldest is forgotten. Default 5,000. */
  readonly receivables?: number;
  /** Accounts with a block; beyond it no account is opened. Default 10,000. */
  readonly accounts?: number;
  /** Elections at a time; beyond it the oldest is stopped. Default 100. */
  readonly elections?: number;
}
