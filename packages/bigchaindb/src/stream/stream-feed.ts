import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { EventBus } from '@sluice/engine';
import { Subscription } from 'rxjs';
import { EventExchange } from './event-exchange.js';
import { StreamDispatcher } from './stream-dispatcher.js';
import { StreamEventType, type StreamEvent } from './stream-event.js';

/** From the bus over the exchange to the dispatcher. */
@Injectable()
export class StreamFeed implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(StreamFeed.name);
  private readonly subscriptions = new Subscription();

  constructor(
    private readonly bus: EventBus,
    private readonly exchange: EventExchange,
    private readonly dispatcher: StreamDispatcher,
  ) {}

  onModuleInit(): void {
    const { BLOCK_VALID } = StreamEventType;
    this.subscriptions.add(
      this.exchange.subscribe(BLOCK_VALID).subscribe((event) => {
        this.dispatch(event);
      }),
    );
    this.subscriptions.add(
      this.bus.on('block.committed').subscribe(({ data }) => {
        this.exchange.put({ type: BLOCK_VALID, data });
      }),
    );
  }

  /** Later than every `onModuleInit`, in which others may subscribe to the exchange. */
  onApplicationBootstrap(): void {
    this.exchange.run();
  }

  onApplicationShutdown(): void {
    this.subscriptions.unsubscribe();
  }

  /** What is no block costs itself, and neither those behind it nor the process (contract 10). */
  private dispatch(event: StreamEvent): void {
    try {
      this.dispatcher.dispatch(event);
    } catch (error) {
      this.logger.error('A block cannot be streamed', (error as Error).stack);
    }
  }
}
