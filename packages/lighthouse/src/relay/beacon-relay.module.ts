import {
  ConfigurableModuleBuilder,
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { EventBus, type Clock, type Metrics } from '@sluice/engine';
import { CLOCK, METRICS } from '@sluice/nestjs';
import type { BeaconEvents } from '../objects/beacon-events.js';
import type { BeaconRelayOptions } from './beacon-relay.options.js';
import { BeaconRelay } from './beacon-relay.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<BeaconRelayOptions>({ moduleName: 'BeaconRelay' })
    .setClassMethodName('forRoot')
    .build();

/** Injectable: the relay of the application, which publishes on the bus while the application runs. */
@Injectable()
export class BeaconRelayService
  extends BeaconRelay
  implements OnApplicationBootstrap, OnModuleDestroy
{
  constructor(
    @Inject(MODULE_OPTIONS_TOKEN) options: BeaconRelayOptions,
    @Inject(CLOCK) clock: Clock,
    @Inject(METRICS) metrics: Metrics,
    bus: EventBus,
  ) {
    const logger = new Logger('BeaconRelay');
    super(
      { clock, metrics, ...options },
      {
        publish: <K extends keyof BeaconEvents>(type: K, data: BeaconEvents[K]) => {
          void bus.publish(type, data as never);
        },
        warn: (message) => {
          logger.warn(message);
        },
      },
    );
  }

  onApplicationBootstrap(): void {
    this.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.stop();
  }
}

/**
 * Feeds the event socket from a beacon node of today. Needs `SluiceModule` and `LighthouseModule` in the same application.
 *
 * ```ts
 * BeaconRelayModule.forRoot({ upstreams: ['http://127.0.0.1:5052'] })
 * ```
 */
@Module({ providers: [BeaconRelayService], exports: [BeaconRelayService] })
export class BeaconRelayModule extends ConfigurableModuleClass {}
