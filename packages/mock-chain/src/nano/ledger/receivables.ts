import type { Receivable } from './ledger-block.js';

/** Confirmed sends that wait for their receivers, oldest first. */
export class Receivables {
  private readonly waiting = new Map<string, Receivable>();

  /** @param limit beyond it the oldest is forgotten: nobody can receive it any more. */
  constructor(private readonly limit: number) {}

  get size(): number {
    return this.waiting.size;
  }

  get(source: string): Receivable | undefined {
    return this.waiting.get(source);
  }

  /** The oldest that waits for one of these accounts. */
  oldestFor(isReceiver: (account: string) => boolean): Receivable | undefined {
    for (const receivable of this.waiting.values()) {
      if (isReceiver(receivable.to)) return receivable;
    }
    return undefined;
  }

  /** All that wait for an account. */
  for(account: string): readonly Receivable[] {
    return [...this.waiting.values()].filter(({ to }) => to === account);
  }

  add(receivable: Receivable): void {
    this.waiting.set(receivable.source, receivable);
    if (this.waiting.size <= this.limit) return;
    const [oldest] = this.waiting.keys();
    if (oldest !== undefined) this.waiting.delete(oldest);
  }

  remove({ source }: Receivable): void {
    this.waiting.delete(source);
  }
}
