import type { ChainParameters } from '../network/chain-parameters.js';

/** Blocks that signal support of a feature by one of their signal bits. */
export interface SignallingPeriod {
  /** 0 … 3. */
  readonly bit: number;
  /** First height, and the first one that no longer signals. */
  readonly from: number;
  readonly until: number;
}

/** The signal bits of a block at `height`: those of all features whose period it is in. */
export function signalBits(height: number, { signalling }: ChainParameters): number {
  return signalling
    .filter(({ from, until }) => from <= height && height < until)
    .reduce((bits, { bit }) => bits | (1 << bit), 0);
}
