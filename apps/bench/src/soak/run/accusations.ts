import type { Accusation } from './soak-result.js';

/** What is kept: the first ones tell the most. */
const MOST_KEPT = 100;

/** Everything that clients have found to be wrong. */
export class Accusations {
  /** The first of them. */
  readonly first: Accusation[] = [];
  private total = 0;

  /** @param onKept hears of those that are kept. */
  constructor(private readonly onKept: (accusation: Accusation) => void) {}

  /** How many there are in all. */
  get count(): number {
    return this.total;
  }

  add(accusation: Accusation): void {
    this.total++;
    if (this.first.length >= MOST_KEPT) return;
    this.first.push(accusation);
    this.onKept(accusation);
  }
}
