import type { VertexData } from '../events/event-data.js';

/** Port: what the Hathor endpoints ask the application's chain. An injection token; extend it and pass the class. */
export abstract class HathorChain {
  /**
   * Every stored vertex with its current metadata, parents and spent vertices before those that refer to them. Read
   * once, when the event queue starts and no earlier run has loaded the chain (contract 2.1).
   *
   * What the application publishes meanwhile is stored after these vertices: do not give out a vertex here that is
   * published too.
   */
  abstract vertices(): Iterable<VertexData> | AsyncIterable<VertexData>;
}
