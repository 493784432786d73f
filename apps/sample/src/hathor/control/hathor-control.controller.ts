import { Body, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { HathorEvents } from '@sluice/hathor';
import { answered } from '../../control/answered.js';
import { ControlController } from '../../control/control-access.js';
import { ExactData } from '../../control/exact-data.decorator.js';
import { PacedControlController, type PaceStatus } from '../../control/paced-control.controller.js';
import type { ChainAction } from '../chain-action.js';
import { HathorFeed } from '../hathor-feed.js';
import { HATHOR_SOURCE, type HathorSource } from '../hathor-source.js';
import {
  DoubleSpendBody,
  EventBody,
  MineBody,
  PayBody,
  ReorgBody,
  ScenarioBody,
  TokenBody,
  TransferBody,
} from './hathor-control.dto.js';

/** Where the driven chain stands. */
interface ControlStatus extends PaceStatus {
  readonly driven: boolean;
  readonly latest_event_id: number;
  readonly best_block: { readonly hash: string; readonly height: number } | null;
  /** The chain's clock, Unix seconds; null where no chain runs. */
  readonly time: number | null;
}

/** A block in a list. */
interface BlockSummary {
  readonly height: number;
  readonly hash: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly weight: number;
  /** Atomic units; text, as it may be beyond 2^53. */
  readonly reward: string;
}

const LATEST_BLOCKS = 20;

/** What an action brought: ids of the vertices it added, in order, and how many events it published. */
interface ActionAnswer {
  readonly vertices: readonly string[];
  readonly events: number;
  readonly latest_event_id: number;
}

/** Drives the mock chain by hand: `POST /control/hathor/mine` and so on. */
@ControlController('hathor')
export class HathorControlController extends PacedControlController<ControlStatus> {
  constructor(
    protected readonly feed: HathorFeed,
    private readonly events: HathorEvents,
    @Inject(HATHOR_SOURCE) private readonly source: HathorSource,
  ) {
    super();
  }

  @Get()
  status(): ControlStatus {
    const chain = this.source.running?.chain;
    const best = chain?.best;
    return {
      driven: this.feed.isDriven,
      ...this.paceStatus,
      latest_event_id: this.events.stream.head,
      best_block: best === undefined ? null : { hash: best.hash, height: best.metadata.height },
      time: chain?.time ?? null,
    };
  }

  /** The newest blocks of the best chain, newest first. */
  @Get('blocks')
  blocks(): readonly BlockSummary[] {
    const chain = this.source.running?.chain;
    if (chain === undefined) return [];
    const heights = Array.from({ length: LATEST_BLOCKS }, (_, back) => chain.height - back);
    return heights.flatMap((height) => {
      const block = chain.blockAt(height);
      if (block === undefined) return [];
      const { hash, timestamp, weight, outputs } = block;
      const reward = outputs.reduce((sum, { value }) => sum + BigInt(value), 0n);
      return { height, hash, timestamp, weight, reward: String(reward) };
    });
  }

  /** One scripted step of traffic. */
  @Post('step')
  @HttpCode(200)
  step(): Promise<ActionAnswer> {
    return this.perform({ do: 'step' });
  }

  @Post('mine')
  @HttpCode(200)
  mine(@Body() { blocks, address, parent, confirm }: MineBody): Promise<ActionAnswer> {
    return this.perform({
      do: 'mine',
      blocks,
      ...(address !== undefined && { address }),
      ...(parent !== undefined && { parent }),
      ...(confirm !== undefined && { confirm }),
    });
  }

  @Post('transfer')
  @HttpCode(200)
  transfer(@Body() { to, amount }: TransferBody): Promise<ActionAnswer> {
    return this.perform({
      do: 'transfer',
      ...(to !== undefined && { to }),
      ...(amount !== undefined && { amount: BigInt(amount) }),
    });
  }

  /** A faucet: pays from the genesis wallet. */
  @Post('pay')
  @HttpCode(200)
  pay(@Body() { address, amount }: PayBody): Promise<ActionAnswer> {
    return this.perform({ do: 'pay', address, amount: BigInt(amount) });
  }

  @Post('token')
  @HttpCode(200)
  token(@Body() { name, symbol, amount }: TokenBody): Promise<ActionAnswer> {
    return this.perform({ do: 'token', name, symbol, amount: BigInt(amount) });
  }

  @Post('double-spend')
  @HttpCode(200)
  doubleSpend(@Body() { of, twin }: DoubleSpendBody): Promise<ActionAnswer> {
    return this.perform({ do: 'double-spend', twin, ...(of !== undefined && { of }) });
  }

  @Post('reorg')
  @HttpCode(200)
  reorg(@Body() { depth, to }: ReorgBody): Promise<ActionAnswer> {
    return this.perform({ do: 'reorg', depth, ...(to !== undefined && { to }) });
  }

  /** Plays the story of a scenario on the running chain. */
  @Post('scenario')
  @HttpCode(200)
  scenario(@Body() { name }: ScenarioBody): Promise<ActionAnswer> {
    return this.perform({ do: 'scenario', name });
  }

  /** Publishes an event as it is, whatever the chain says. */
  @Post('event')
  @HttpCode(200)
  async event(
    @Body() { type, count }: EventBody,
    @ExactData() data: never,
  ): Promise<ControlStatus> {
    await answered(this.feed.publish(type, data, count));
    return this.status();
  }

  private async perform(action: ChainAction): Promise<ActionAnswer> {
    const happened = await answered(this.feed.perform(action));
    return {
      vertices: happened.flatMap(({ type, data }) =>
        type === 'vertex.accepted' ? [data.hash] : [],
      ),
      events: happened.length,
      latest_event_id: this.events.stream.head,
    };
  }
}
