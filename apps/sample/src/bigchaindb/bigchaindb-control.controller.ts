import {
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  Post,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { StreamDispatcher } from '@sluice/bigchaindb';
import { NoAssetError, type MockTransaction } from '@sluice/mock-chain/bigchaindb';
import { PacedControlController } from '../control/paced-control.controller.js';
import { BlockBody, EventBody, TextBody } from './bigchaindb-control.dto.js';
import { BigchaindbFeed } from './bigchaindb-feed.js';

/** Where the chain stands. */
interface BigchaindbStatus {
  readonly paused: boolean;
  readonly pace_ms: number;
  readonly height: number;
  /** Ids of the newest block's transactions. */
  readonly transactions: readonly string[];
}

/** Drives the BigchainDB network by hand: `POST /control/bigchaindb/block` and so on. */
@Controller('control/bigchaindb')
@UsePipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }))
export class BigchaindbControlController extends PacedControlController<BigchaindbStatus> {
  constructor(
    protected readonly feed: BigchaindbFeed,
    private readonly dispatcher: StreamDispatcher,
  ) {
    super();
  }

  @Get()
  status(): BigchaindbStatus {
    const { chain, isPaused, paceMs } = this.feed;
    return {
      paused: isPaused,
      pace_ms: paceMs,
      height: chain.tip.height,
      transactions: chain.tip.transactions.map(({ id }) => id),
    };
  }

  /** One block of the traffic. */
  @Post('step')
  @HttpCode(200)
  async step(): Promise<BigchaindbStatus> {
    await this.feed.step();
    return this.status();
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
    try {
      return [
        ...Array.from({ length: create }, () => chain.create()),
        ...Array.from({ length: transfer }, () => chain.transfer(asset)),
        ...Array.from({ length: elect }, () => chain.elect()),
      ];
    } catch (error) {
      throw error instanceof NoAssetError ? new ConflictException(error.message) : error;
    }
  }
}
