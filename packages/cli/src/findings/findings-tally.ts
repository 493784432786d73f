import type { Finding } from '../dialects/client-dialect.js';

const NAMES: Readonly<Record<Finding['kind'], readonly [string, string]>> = {
  gap: ['missing', 'missing'],
  duplicate: ['duplicate', 'duplicates'],
  disorder: ['out of order', 'out of order'],
  reset: ['new stream', 'new streams'],
};

/** Counts what should not be. */
export class FindingsTally {
  private readonly counts: Partial<Record<Finding['kind'], number>> = {};

  add({ kind, count = 1 }: Finding): void {
    this.counts[kind] = (this.counts[kind] ?? 0) + count;
  }

  get isEmpty(): boolean {
    return Object.keys(this.counts).length === 0;
  }

  /** `17 missing, 1 duplicate`, or `nothing missing, no duplicates`. */
  toString(): string {
    if (this.isEmpty) return 'nothing missing, no duplicates';
    return (Object.keys(NAMES) as Finding['kind'][])
      .flatMap((kind) => {
        const count = this.counts[kind];
        return count === undefined ? [] : `${String(count)} ${NAMES[kind][count === 1 ? 0 : 1]}`;
      })
      .join(', ');
  }

  /** The counts by kind; zeros included. */
  toJSON(): Readonly<Record<Finding['kind'], number>> {
    return { gap: 0, duplicate: 0, disorder: 0, reset: 0, ...this.counts };
  }
}
