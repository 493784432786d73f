import type { Counter } from './metrics.js';

/** Counters that differ in one label, each made when it first counts. */
export class CountersBy<V extends string = string> {
  private readonly counters = new Map<V, Counter>();

  /** @param make the counter of one value of the label. */
  constructor(private readonly make: (value: V) => Counter) {}

  of(value: V): Counter {
    let counter = this.counters.get(value);
    if (counter === undefined) {
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
