import type { Publication } from './publication.js';

/** What was published on one stream, in order. */
export class Tape {
  private readonly entries: Publication[] = [];

  /** @param blurMicros how far from the truth the times of its entries may be, and those of clients beside them. */
  constructor(readonly blurMicros: number) {}

  get length(): number {
    return this.entries.length;
  }

  at(index: number): Publication | undefined {
    return this.entries[index];
  }

  add(publication: Publication): void {
    this.entries.push(publication);
  }

  /** Index of the first entry that is not older. */
  since(micros: number): number {
    let low = 0;
    for (let high = this.entries.length; low < high;) {
      const middle = Math.floor((low + high) / 2);
      if ((this.entries[middle]?.at ?? 0) < micros) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
