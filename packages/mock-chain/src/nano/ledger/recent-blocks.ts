import type { LedgerBlock } from './ledger-block.js';

/** Blocks by hash: all that are not confirmed, and the newest confirmed ones. */
export class RecentBlocks {
  private readonly unconfirmed = new Map<string, LedgerBlock>();
  private readonly confirmed = new Map<string, LedgerBlock>();

  /** @param limit confirmed blocks that are kept. */
  constructor(private readonly limit: number) {}

  get unconfirmedCount(): number {
    return this.unconfirmed.size;
  }

  get(hash: string): LedgerBlock | undefined {
    return this.unconfirmed.get(hash) ?? this.confirmed.get(hash);
  }

  isUnconfirmed(hash: string): boolean {
    return this.unconfirmed.has(hash);
  }

  /** Hashes of the unconfirmed ones, oldest first. */
  unconfirmedHashes(): readonly string[] {
    return [...this.unconfirmed.keys()];
  }

  add(block: LedgerBlock): void {
    this.unconfirmed.set(block.hash, block);
  }

  remove(block: LedgerBlock): void {
    this.unconfirmed.delete(block.hash);
  }

  confirm(block: LedgerBlock): void {
    this.unconfirmed.delete(block.hash);
    this.confirmed.set(block.hash, block);
    if (this.confirmed.size <= this.limit) return;
    const [oldest] = this.confirmed.keys();
    if (oldest !== undefined) this.confirmed.delete(oldest);
  }
}
