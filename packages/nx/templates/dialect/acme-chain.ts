import type { AcmeBlock } from './acme-block.js';

/** Port: what the gateway asks the application's chain. An injection token; extend it and pass the class. */
export abstract class AcmeChain {
  /** The newest block; undefined while there is none. */
  abstract latest(): AcmeBlock | undefined | Promise<AcmeBlock | undefined>;
}

/** The chain of an application that has named none. */
export class NoAcmeChain extends AcmeChain {
  latest(): undefined {
    return undefined;
  }
}
