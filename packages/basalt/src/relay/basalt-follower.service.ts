import {
  Inject,
  Injectable,
  Logger,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { EventBus, type Clock, type Metrics } from '@sluice/engine';
import { CLOCK, METRICS } from '@sluice/nestjs';
import { RelayFigures, UpstreamLink } from '@sluice/relay';
import type { BasaltSettings } from '../basalt.settings.js';
import { BASALT_SETTINGS } from '../basalt.tokens.js';
import { BasaltBlocks } from '../blocks/basalt-blocks.service.js';
import type { BasaltUpstreamStatus } from '../blocks/chain-event-map.js';
import { FollowedBlocks } from './followed-blocks.js';
import type { FollowerOptions } from './follower.js';
import { PollFollower } from './poll-follower.js';
import { StreamFollower } from './stream-follower.js';

/** Longest time the start waits for the source, so that the first client finds a block; milliseconds. */
const FIRST_ANSWER_MS = 5000;

/** Injectable: in RPC mode it follows the source, otherwise it does nothing. */
@Injectable()
export class BasaltFollower implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Basalt');
  private readonly link: UpstreamLink<string> | undefined;
  private isLost = false;
  private firstAnswer: () => void = () => undefined;

  constructor(
    @Inject(BASALT_SETTINGS) settings: BasaltSettings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(METRICS) private readonly metrics: Metrics,
    private readonly bus: EventBus,
    private readonly blocks: BasaltBlocks,
    private readonly chain: FollowedBlocks,
  ) {
    if (settings.isRpc) this.link = this.linkTo(settings);
  }

  /** Where it stands with its source; undefined unless in RPC mode. */
  get status(): BasaltUpstreamStatus | undefined {
    return this.link?.status;
  }

  async onModuleInit(): Promise<void> {
    if (this.link === undefined) return;
    const answered = new Promise<void>((resolve) => (this.firstAnswer = resolve));
    const cancel = this.clock.after(FIRST_ANSWER_MS, this.firstAnswer);
    this.link.start();
    await answered;
    cancel();
  }

  async onModuleDestroy(): Promise<void> {
    await this.link?.stop();
  }

  private linkTo({ sources, follow }: BasaltSettings): UpstreamLink<string> {
    const { metrics, clock } = this;
    const figures = new RelayFigures({ relay: 'basalt', metrics, clock });
    const options: FollowerOptions = {
      chain: this.chain,
      settings: follow,
      clock,
      announce: (block) => {
        figures.heard();
        return this.blocks.announce(block);
      },
      prime: (block) => {
        figures.heard();
        this.blocks.prime(block);
      },
      ready: () => {
        this.firstAnswer();
      },
      gap: (result) => {
        figures.gap(result);
      },
      warn: (message) => {
        this.logger.warn(message);
      },
    };
    const follower =
      follow.by === 'stream' ? new StreamFollower(options) : new PollFollower(options);
    const [firstMs, mostMs] = follow.retryMs;
    return new UpstreamLink({
      upstreams: sources,
      attempt: (attempt) => follower.attempt(attempt),
      backOff: { firstMs, mostMs },
      clock,
      figures,
      onStatus: (status) => {
        this.tell(status);
      },
    });
  }

  private tell(status: BasaltUpstreamStatus): void {
    const { state, upstream, cause } = status;
    if (state === 'online') {
      this.logger.log(`Following ${upstream}`);
      this.isLost = false;
    }
    // Once for each time it is lost, not for each attempt.
    if (state === 'waiting' && !this.isLost) {
      this.logger.warn(`Lost ${upstream}: ${cause?.message ?? ''}`);
      this.isLost = true;
    }
    if (state === 'waiting') this.firstAnswer();
    void this.bus.publish('basalt.upstream', status);
  }
}
