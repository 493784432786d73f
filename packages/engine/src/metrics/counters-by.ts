import type { Counter } from './metrics.js';

/** Counters that differ in one label, each made when it first counts. */
export class CountersBy<V extends string = string> {
  private readonly counters = new Map<V, Counter>();

  /**
   * @param make the counter of one value of the label.
   * @param rest once `most` values have counters of their own, all others share that of `value`. Default: no limit, for
   * values that are few by their type.
   */
  constructor(
    private readonly make: (value: V) => Counter,
    private readonly rest?: { readonly most: number; readonly value: V },
  ) {}

  of(value: V): Counter {
    let counter = this.counters.get(value);
    if (counter === undefined) {
      const { rest } = this;
      // `most` of their own, and the one that the others share.
      if (rest !== undefined && value !== rest.value && this.counters.size >= rest.most) {
        return this.of(rest.value);
      }
      counter = this.make(value);
      this.counters.set(value, counter);
    }
    return counter;
  }

  /** @param by default 1. */
  add(value: V, by?: number): void {
    this.of(value).add(by);
  }
}
