import { Logger, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { BusBridge, EventBus, type FanOutLoss, type MetricsRegistry } from '@sluice/engine';
import type { SluiceOptions } from '../options/sluice.options.js';
import { CHECKED_OPTIONS, METRICS } from '../sluice.tokens.js';

/** Joins the bus of this process to those of the other nodes, from before anything begins until everything has ended. */
export class NodeBridge implements OnApplicationShutdown {
  private constructor(private readonly bridge: BusBridge | undefined) {}

  static async open(
    { fanOut, role = 'writer' }: SluiceOptions,
    bus: EventBus,
    metrics: MetricsRegistry,
  ): Promise<NodeBridge> {
    if (fanOut === undefined) return new NodeBridge(undefined);
    const logger = new Logger('SluiceFanOut');
    const bridge = await BusBridge.open(role, bus, fanOut, {
      metrics,
      onError: (error) => logger.error(error.message),
      onLoss: (loss) => logger.warn(lossText(loss)),
    });
    return new NodeBridge(bridge);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.bridge?.close();
  }
}

function lossText({ reason, events }: FanOutLoss): string {
  return reason === 'writer-changed'
    ? 'Another writer has taken over; the last events of the old one may be missing'
    : `${events ?? 'Some'} events of the writer never came (${reason})`;
}

/** Nest waits for it before any module is initialised: what is announced while they are is heard. */
export const nodeBridge: Provider = {
  provide: NodeBridge,
  inject: [CHECKED_OPTIONS, EventBus, METRICS],
  useFactory: (options: SluiceOptions, bus: EventBus, metrics: MetricsRegistry) =>
    NodeBridge.open(options, bus, metrics),
};
