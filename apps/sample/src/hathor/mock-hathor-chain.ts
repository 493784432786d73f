import { Inject, Injectable } from '@nestjs/common';
import type { VertexData } from '@sluice/hathor';
import { HathorChain } from '@sluice/hathor';
import { HATHOR_SOURCE, type HathorSource } from './hathor-source.js';

/** The mock chain behind the port: what the event queue loads at its first start. */
@Injectable()
export class MockHathorChain extends HathorChain {
  constructor(@Inject(HATHOR_SOURCE) private readonly source: HathorSource) {
    super();
  }

  vertices(): Iterable<VertexData> {
    return this.source.loaded();
  }
}
