import type { Finding } from './client-dialect.js';

/** As far as blocks hang together. */
export interface BlockLink {
  readonly number: bigint;
  readonly hash: string;
  readonly parent: string;
}

/** How many blocks a chain can fall back without looking like doubles, blocks. */
const REMEMBERED = 1000;

/** Sees in a stream of blocks what is missing and what comes twice. A change of branch is neither. */
export class ChainOfBlocks {
  private last: BlockLink | undefined;
  /** Hashes that came, oldest first. */
  private readonly seen = new Set<string>();
  /** The last one came as a greeting, and may come again. */
  private greeted = false;

  /** @param isGreeting the latest block, sent to a client that has just connected. */
  add(block: BlockLink, isGreeting: boolean): readonly Finding[] {
    const { last } = this;
    const isLast = block.hash === last?.hash;
    const isDouble = this.seen.has(block.hash) && !isGreeting && !(this.greeted && isLast);
    this.greeted = isGreeting;
    this.remember(block.hash);
    if (isDouble) {
      return [{ kind: 'duplicate', count: 1, text: `block ${String(block.number)} came twice` }];
    }
    if (isGreeting && last !== undefined && block.number < last.number) return [];
    this.last = block;
    if (last === undefined || block.number <= last.number + 1n) return [];
    const missing = block.number - last.number - 1n;
    const range = `${String(last.number + 1n)} to ${String(block.number - 1n)}`;
    return [{ kind: 'gap', count: Number(missing), text: `blocks ${range} did not come` }];
  }

  private remember(hash: string): void {
    this.seen.add(hash);
    if (this.seen.size <= REMEMBERED) return;
    for (const oldest of this.seen) {
      this.seen.delete(oldest);
      break;
    }
  }
}
