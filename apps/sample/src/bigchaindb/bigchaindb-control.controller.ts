import { Body, Get, HttpCode, Post } from '@nestjs/common';
import { StreamDispatcher } from '@sluice/bigchaindb';
import { NoAssetError, type MockTransaction } from '@sluice/mock-chain/bigchaindb';
import { ControlController } from '../control/control-access.js';
import type { PaceStatus } from '../control/paced-control.controller.js';
import { SteppedControlController } from '../control/stepped-control.controller.js';
import { BlockBody, EventBody, TextBody } from './bigchaindb-control.dto.js';
import { BigchaindbFeed } from './bigchaindb-feed.js';

/** Where the chain stands. */
interface BigchaindbStatus extends PaceStatus {
  readonly height: number;
  /** Ids of the newest block's transactions. */
  readonly transactions: readonly string[];
}

/** Drives the BigchainDB network by hand: `POST /control/bigchaindb/block` and so on. */
@ControlController('bigchaindb')
export class BigchaindbControlController extends SteppedControlController<BigchaindbStatus> {
  constructor(
    protected readonly feed: BigchaindbFeed,
    private readonly dispatcher: StreamDispatcher,
  ) {
    super();
  }

  @Get()
  status(): BigchaindbStatus {
    const { chain } = this.feed;
    return {
      ...this.paceStatus,
      height: chain.tip.height,
      transactions: chain.tip.transactions.map(({ id }) => id),
    };
  }

  /** A block of what is asked for; of nothing, it is empty. */
  @Post('block')
  @HttpCode(200)
  async block(@Body() body: BlockBody): Promise<BigchaindbStatus> {
    await this.feed.publish(this.feed.chain.commit(this.transactions(body)));
    return this.status();
  }

  /** Publishes a block as it is, whatever the chain says. */
  @Post('event')
  @HttpCode(200)
  async event(@Body() block: EventBody): Promise<BigchaindbStatus> {
    await this.feed.publish(block);
    return this.status();
  }

  /** Sends a text to every client of the stream. */
  @Post('text')
  @HttpCode(200)
  text(@Body() { text }: TextBody): BigchaindbStatus {
    this.dispatcher.dispatch(text);
    return this.status();
  }

  private transactions({ create, transfer, asset, elect }: BlockBody): MockTransaction[] {
    const { chain } = this.feed;
    return this.attempt(NoAssetError, () => [
      ...Array.from({ length: create }, () => chain.create()),
      ...Array.from({ length: transfer }, () => chain.transfer(asset)),
      ...Array.from({ length: elect }, () => chain.elect()),
    ]);
  }
}
