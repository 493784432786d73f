import type { LedgerAccount } from './ledger-block.js';

/** What every representative votes with: the balances of the accounts that chose it. */
export class RepresentativeWeights {
  private readonly weights = new Map<string, bigint>();

  /** Raw; 0 for an account that nobody chose. */
  of(representative: string): bigint {
    return this.weights.get(representative) ?? 0n;
  }

  /** Moves weight as an account changes. */
  replace(before: LedgerAccount | undefined, after: LedgerAccount | undefined): void {
    if (before !== undefined) this.add(before.representative, -before.balance);
    if (after !== undefined) this.add(after.representative, after.balance);
  }

  private add(representative: string, amount: bigint): void {
    const weight = this.of(representative) + amount;
    if (weight === 0n) this.weights.delete(representative);
    else this.weights.set(representative, weight);
  }
}
