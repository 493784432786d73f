import { Inject, Injectable } from '@nestjs/common';
import { BasaltChain, type BasaltBlock, type BasaltInteger } from '@sluice/basalt';
import { BASALT_SOURCE, type BasaltSource } from './basalt-source.js';

/** The mock chain as the Basalt endpoints ask it. */
@Injectable()
export class MockBasaltChain extends BasaltChain {
  constructor(@Inject(BASALT_SOURCE) private readonly source: BasaltSource) {
    super();
  }

  latest(): BasaltBlock | undefined {
    return this.source.chain?.tip;
  }

  block(which: BasaltInteger | string): BasaltBlock | undefined {
    return this.source.chain?.block(typeof which === 'bigint' ? Number(which) : which);
  }
}
