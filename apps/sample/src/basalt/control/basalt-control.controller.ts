import { Body, Get, HttpCode, Post } from '@nestjs/common';
import { BasaltBlocks, BasaltFollower, type BasaltBlock } from '@sluice/basalt';
import { answered } from '../../control/answered.js';
import { ControlController } from '../../control/control-access.js';
import { PacedControlController, type PaceStatus } from '../../control/paced-control.controller.js';
import { BasaltFeed, type BasaltAction } from '../basalt-feed.js';
import { BasaltBlockBody, BasaltMineBody, BasaltReorgBody } from './basalt-control.dto.js';

/** Where the chain stands. */
interface BasaltStatus extends PaceStatus {
  /** Digits: JSON numbers would lose some. */
  readonly latest: { readonly number: string; readonly hash: string } | null;
  /** Who is followed in RPC mode. */
  readonly upstream: { readonly url: string; readonly state: string } | null;
}

/** What an action announced, in order. */
interface BasaltAnswer {
  readonly announced: readonly { readonly number: string; readonly hash: string }[];
}

const INTEGERS = ['number', 'timestamp', 'gasUsed', 'gasLimit'];

/** Drives the Basalt mock chain by hand: `POST /control/basalt/mine` and so on. */
@ControlController('basalt')
export class BasaltControlController extends PacedControlController<BasaltStatus> {
  constructor(
    protected readonly feed: BasaltFeed,
    private readonly blocks: BasaltBlocks,
    private readonly follower: BasaltFollower,
  ) {
    super();
  }

  @Get()
  status(): BasaltStatus {
    const { latest } = this.blocks;
    const { status } = this.follower;
    return {
      ...this.paceStatus,
      latest: latest === undefined ? null : shown(latest),
      upstream: status === undefined ? null : { url: status.upstream, state: status.state },
    };
  }

  /** Blocks that are announced one by one. */
  @Post('mine')
  @HttpCode(200)
  mine(@Body() { blocks, transactions }: BasaltMineBody): Promise<BasaltAnswer> {
    return this.perform((chain) =>
      Array.from({ length: blocks }, () =>
        chain.mine(transactions === undefined ? {} : { transactions }),
      ),
    );
  }

  /** Blocks of which only the last is announced, as by a node that catches up. */
  @Post('batch')
  @HttpCode(200)
  batch(@Body() { blocks, transactions }: BasaltMineBody): Promise<BasaltAnswer> {
    return this.perform((chain) =>
      Array.from({ length: blocks }, () =>
        chain.mine(transactions === undefined ? {} : { transactions }),
      ).slice(-1),
    );
  }

  /** Another branch takes over; all its blocks are announced. */
  @Post('reorg')
  @HttpCode(200)
  reorg(@Body() { depth }: BasaltReorgBody): Promise<BasaltAnswer> {
    return this.perform((chain) => chain.reorg(depth));
  }

  /** Announces a block as it is, whatever the chain says. */
  @Post('block')
  @HttpCode(200)
  async block(@Body() { block }: BasaltBlockBody): Promise<BasaltAnswer> {
    const raw = { ...this.blocks.latest, ...withIntegers(block) } as unknown as BasaltBlock;
    await answered(this.blocks.announce(raw));
    return { announced: [shown(raw)] };
  }

  private async perform(action: BasaltAction): Promise<BasaltAnswer> {
    return { announced: (await answered(this.feed.perform(action))).map(shown) };
  }
}

function shown({ number, hash }: BasaltBlock): { number: string; hash: string } {
  return { number: String(number), hash };
}

function withIntegers(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      const isDigits = typeof value === 'string' && /^-?\d{1,20}$/.test(value);
      return [name, isDigits && INTEGERS.includes(name) ? BigInt(value) : value];
    }),
  );
}
