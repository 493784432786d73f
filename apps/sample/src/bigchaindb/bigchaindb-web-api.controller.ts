import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
import type { MockTransaction } from '@sluice/mock-chain/bigchaindb';
import { BigchaindbFeed } from './bigchaindb-feed.js';

/** The part of a node's web API in which clients of the stream look things up. */
@Controller('api/v1')
export class BigchaindbWebApiController {
  constructor(private readonly feed: BigchaindbFeed) {}

  @Get('blocks/:height')
  block(@Param('height') height: string): object {
    const block = /^\d{1,15}$/.test(height) ? this.feed.chain.block(Number(height)) : undefined;
    if (block === undefined) throw notFound();
    return { height: block.height, transactions: block.transactions };
  }

  @Get('transactions/:id')
  transaction(@Param('id') id: string): MockTransaction {
    const transaction = this.feed.chain.transaction(id);
    if (transaction === undefined) throw notFound();
    return transaction;
  }
}

function notFound(): NotFoundException {
  return new NotFoundException({ message: 'Not found', status: 404 });
}
