import {
  BadRequestException,
  Body,
  ConflictException,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
} from '@nestjs/common';
import type { NanoChainFigures, NanoMockChain, NanoTraffic } from '@sluice/mock-chain/nano';
import { BlockRefusedError, NanoChainError } from '@sluice/mock-chain/nano';
import { NanoGateway } from '@sluice/nano';
import { blockFromJson, isAccount, WireError } from '@sluice/nano/wire';
import { SessionRegistry } from '@sluice/nestjs';
import { ControlController } from '../../control/control-access.js';
import { PacedControlController, type PaceStatus } from '../../control/paced-control.controller.js';
import { NanoFeed } from '../nano-feed.js';
import { NANO_SOURCE, type NanoSource } from '../nano-source.js';
import {
  BootstrapBody,
  ChangeBody,
  DifficultyBody,
  EpochBody,
  EventBody,
  ForkBody,
  HashBody,
  ProcessBody,
  ReceiveBody,
  SendBody,
  TelemetryBody,
  VoteBody,
  WorkBody,
} from './nano-control.dto.js';
import { rawEvent } from './raw-event.js';

/** Where the driven chain stands. */
interface ControlStatus extends NanoChainFigures, PaceStatus {
  readonly genesis: string;
  readonly representatives: readonly string[];
  readonly wallet: { readonly seed: string; readonly accounts: readonly string[] };
  readonly legacy_accounts: readonly string[];
  /** Connections that have each topic. */
  readonly subscribers: Readonly<Record<string, number>>;
}

/** What an action brought: hashes of new and of confirmed blocks, in order, and how many events it published. */
interface ActionAnswer {
  readonly blocks: readonly string[];
  readonly confirmed: readonly string[];
  readonly events: number;
}

/** Where an account stands. */
interface AccountAnswer {
  readonly account: string;
  readonly head: string;
  readonly height: number;
  readonly balance: string;
  readonly representative: string;
  readonly epoch: number;
}

/** Drives the Nano chain by hand: `POST /control/nano/send` and so on. */
@ControlController('nano')
export class NanoControlController extends PacedControlController<ControlStatus> {
  constructor(
    protected readonly feed: NanoFeed,
    private readonly registry: SessionRegistry,
    @Inject(NANO_SOURCE) private readonly source: NanoSource,
  ) {
    super();
  }

  @Get()
  status(): ControlStatus {
    const { figures, keys } = this.source.chain;
    return {
      ...figures,
      ...this.paceStatus,
      genesis: keys.genesis,
      representatives: keys.representatives.accounts,
      wallet: { seed: keys.wallet.seed, accounts: keys.wallet.accounts },
      legacy_accounts: keys.legacyAccounts,
      subscribers: Object.fromEntries(
        this.registry.endpoints
          .filter(({ gateway }) => gateway === NanoGateway.name)
          .flatMap(({ topics }) => [...topics]),
      ),
    };
  }

  @Get('account/:account')
  account(@Param('account') text: string): AccountAnswer {
    const found = isAccount(text) ? this.source.chain.account(text) : undefined;
    if (found === undefined) throw new NotFoundException(`${text} has no block`);
    const { account, head, height, balance, representative, epoch } = found;
    return { account, head, height, balance: balance.toString(), representative, epoch };
  }

  /** A new account of the wallet, to be opened by a send and a receive. */
  @Post('account')
  @HttpCode(200)
  async newAccount(): Promise<{ readonly account: string }> {
    const { result } = await this.refused(() =>
      this.feed.perform((chain) => chain.keys.addAccount()),
    );
    return { account: result };
  }

  /** One scripted step of traffic. */
  @Post('step')
  @HttpCode(200)
  step(): Promise<ActionAnswer> {
    return this.perform((_, traffic) => traffic.step());
  }

  @Post('send')
  @HttpCode(200)
  send(@Body() body: SendBody): Promise<ActionAnswer> {
    return this.perform((chain) => chain.send(body));
  }

  @Post('receive')
  @HttpCode(200)
  receive(@Body() body: ReceiveBody): Promise<ActionAnswer> {
    return this.perform((chain) => chain.receive(body));
  }

  @Post('change')
  @HttpCode(200)
  change(@Body() body: ChangeBody): Promise<ActionAnswer> {
    return this.perform((chain) => chain.change(body));
  }

  @Post('epoch')
  @HttpCode(200)
  epoch(@Body() body: EpochBody): Promise<ActionAnswer> {
    return this.perform((chain) => chain.epoch(body));
  }

  @Post('fork')
  @HttpCode(200)
  fork(@Body() body: ForkBody): Promise<ActionAnswer> {
    return this.perform((chain) => chain.fork(body));
  }

  /** Takes a block that somebody else has signed. */
  @Post('process')
  @HttpCode(200)
  process(@Body() { block, confirmation }: ProcessBody): Promise<ActionAnswer> {
    return this.perform((chain) => chain.process(blockFromJson(block), confirmation));
  }

  /** A manual request to confirm a block. */
  @Post('confirm')
  @HttpCode(200)
  confirm(@Body() { hash }: HashBody): Promise<ActionAnswer> {
    return this.perform((chain) => {
      chain.confirm(hash);
    });
  }

  /** Has the representatives vote on an unconfirmed block until it is confirmed. */
  @Post('elect')
  @HttpCode(200)
  elect(@Body() { hash }: HashBody): Promise<ActionAnswer> {
    return this.perform((chain) => {
      chain.elect(hash);
    });
  }

  /** Drops the election of a block. */
  @Post('stop')
  @HttpCode(200)
  stop(@Body() { hash }: HashBody): Promise<ActionAnswer> {
    return this.perform((chain) => {
      chain.stopElection(hash);
    });
  }

  @Post('vote')
  @HttpCode(200)
  vote(@Body() body: VoteBody): Promise<ActionAnswer> {
    return this.perform((chain) => {
      chain.vote(body);
    });
  }

  /** The latest vote comes in once more. */
  @Post('replay')
  @HttpCode(200)
  replay(): Promise<ActionAnswer> {
    return this.perform((chain) => {
      chain.replayVote();
    });
  }

  @Post('work')
  @HttpCode(200)
  work(@Body() body: WorkBody): Promise<ActionAnswer> {
    return this.perform((chain) => {
      chain.work(body);
    });
  }

  @Post('difficulty')
  @HttpCode(200)
  difficulty(@Body() { multiplier }: DifficultyBody): Promise<ActionAnswer> {
    return this.perform((chain) => {
      chain.difficulty(multiplier);
    });
  }

  @Post('bootstrap')
  @HttpCode(200)
  bootstrap(@Body() body: BootstrapBody): Promise<ActionAnswer> {
    return this.perform((chain) => {
      chain.bootstrap(body);
    });
  }

  /** A peer tells its telemetry. */
  @Post('telemetry')
  @HttpCode(200)
  telemetry(@Body() { peer }: TelemetryBody): Promise<ActionAnswer> {
    return this.perform((chain) => {
      chain.telemetry(peer);
    });
  }

  /** Publishes an event as it is, whatever the chain says. */
  @Post('event')
  @HttpCode(200)
  async event(@Body() { type, data }: EventBody): Promise<ControlStatus> {
    await this.refused(() => this.feed.publish(rawEvent(type, data)));
    return this.status();
  }

  private async perform(
    action: (chain: NanoMockChain, traffic: NanoTraffic) => unknown,
  ): Promise<ActionAnswer> {
    const { events } = await this.refused(() => this.feed.perform(action));
    const hashes = (wanted: 'block.unconfirmed' | 'block.confirmed'): string[] =>
      events.flatMap(({ type, data }) => (type === wanted ? [String(data.hash)] : []));
    return {
      blocks: hashes('block.unconfirmed'),
      confirmed: hashes('block.confirmed'),
      events: events.length,
    };
  }

  /** What the chain refuses is the caller's affair, not an error of the server. */
  private async refused<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof WireError) throw new BadRequestException(error.message);
      if (error instanceof NanoChainError || error instanceof BlockRefusedError) {
        throw new ConflictException(error.message);
      }
      throw error;
    }
  }
}
