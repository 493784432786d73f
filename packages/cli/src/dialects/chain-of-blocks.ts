import type { Finding } from './client-dialect.js';
import { RecentKeys } from './recent-keys.js';

/** As far as blocks hang together. */
export interface BlockLink {
  readonly number: bigint;
  readonly hash: string;
}

/** Sees in a stream of blocks what is missing and what comes twice. A change of branch is neither. */
export class ChainOfBlocks {
  private last: BlockLink | undefined;
  private readonly seen = new RecentKeys();
  /** The last one came as a greeting, and may come again. */
  private wasGreeted = false;

  /** @param isGreeting the latest block, sent to a client that has just connected. */
  add(block: BlockLink, isGreeting: boolean): readonly Finding[] {
    const { last, wasGreeted } = this;
    const isKnown = this.seen.add(block.hash);
    this.wasGreeted = isGreeting;
    if (isKnown) {
      const isExpected = isGreeting || (wasGreeted && block.hash === last?.hash);
      const text = `block ${String(block.number)} came twice`;
      return isExpected ? [] : [{ kind: 'duplicate', count: 1, text }];
    }
    this.last = block;
    if (last === undefined || block.number <= last.number + 1n) return [];
    const missing = block.number - last.number - 1n;
    const range = `${String(last.number + 1n)} to ${String(block.number - 1n)}`;
    return [{ kind: 'gap', count: Number(missing), text: `blocks ${range} did not come` }];
  }
}
