import type { VertexData } from '../events/event-data.js';

/** Port: what the Hathor endpoints ask the application's chain. An injection token; extend it and pass the class. */
export abstract class HathorChain {
  /**
   * Every stored vertex with its current metadata, parents and spent vertices before those that refer to them. Read
   * once, when the event queue starts and no earlier run has loaded the chain (contract 2.1).
   */
  abstract vertices(): Iterable<VertexData> | AsyncIterable<VertexData>;
}
