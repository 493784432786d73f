import type { NanoMockChain, NanoMockEvent } from '../../src/nano/index.js';

type Type = NanoMockEvent['type'];
type DataOf<T extends Type> = Extract<NanoMockEvent, { type: T }>['data'];

/** Everything that a chain announces from now on. */
export class NanoRecord {
  readonly events: NanoMockEvent[] = [];

  constructor(chain: NanoMockChain) {
    chain.on((event) => this.events.push(event));
  }

  /** Names in order, votes as one. */
  get story(): readonly Type[] {
    const types = this.events.map(({ type }) => type);
    return types.filter((type, i) => type !== 'vote.processed' || types[i - 1] !== type);
  }

  data<T extends Type>(type: T): readonly DataOf<T>[] {
    return this.events.flatMap((event) => (event.type === type ? [event.data as DataOf<T>] : []));
  }

  /** The only one of its type. */
  only<T extends Type>(type: T): DataOf<T> {
    const [first, ...more] = this.data(type);
    if (first === undefined || more.length > 0) throw new Error(`not one ${type}`);
    return first;
  }
}
