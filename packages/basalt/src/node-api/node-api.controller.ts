import { Controller, Get, Header, Inject, NotFoundException, Param } from '@nestjs/common';
import type { BasaltBlock } from '../blocks/basalt-block.js';
import { blockDocument } from '../blocks/block-message.js';
import type { BasaltSettings } from '../basalt.settings.js';
import { BASALT_SETTINGS } from '../basalt.tokens.js';
import { BasaltChain } from './basalt-chain.js';
import { blockReference } from './block-reference.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** What followers of a node ask over HTTP (contract 11). */
@Controller('v1')
export class NodeApiController {
  constructor(
    @Inject(BasaltChain) private readonly chain: BasaltChain,
    @Inject(BASALT_SETTINGS) private readonly settings: BasaltSettings,
  ) {}

  @Get('sync/status')
  @Header('Content-Type', JSON_TYPE)
  async status(): Promise<string> {
    const { number, hash } = found(await this.chain.latest());
    return `{"latestBlock":${number},"latestHash":"${hash.toLowerCase()}","chainId":${this.settings.chainId}}`;
  }

  @Get('blocks/latest')
  @Header('Content-Type', JSON_TYPE)
  async latest(): Promise<string> {
    return blockDocument(found(await this.chain.latest()));
  }

  @Get('blocks/:which')
  @Header('Content-Type', JSON_TYPE)
  async block(@Param('which') which: string): Promise<string> {
    const reference = blockReference(which);
    return blockDocument(
      found(reference === undefined ? undefined : await this.chain.block(reference)),
    );
  }
}

function found(block: BasaltBlock | undefined): BasaltBlock {
  if (block === undefined) throw new NotFoundException('Block not found');
  return block;
}
