import { SluiceError } from '../errors.js';
import type { ChainEvent } from '../events/chain-event.js';
import type { EventBus } from '../events/event-bus.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import type { Metrics } from '../metrics/metrics.js';
import { noMetrics } from '../metrics/metrics.js';
import type { FanOut, FanOutLoss } from './fan-out.js';

/** Collaborators of a {@link BusBridge}. */
export interface BusBridgeOptions {
  readonly metrics?: Metrics;
  /** Hears of events that could not be sent; must not throw. */
  readonly onError?: (error: SluiceError) => void;
  /** Hears of losses, after the bus has; must not throw. */
  readonly onLoss?: (loss: FanOutLoss) => void;
}

/**
 * Joins the buses of several nodes: what the writer's bus announces is announced by the bus of every gateway.
 *
 * A gateway publishes nothing by itself: `publish` on its bus is refused, as nobody but its own clients would hear of it.
 */
export class BusBridge {
  private constructor(private readonly ends: readonly (() => Promise<void> | void)[]) {}

  /**
   * @param role the writer has the chain, gateways have clients.
   * @throws SluiceError `STATE` if there is no connection.
   */
  static async open(
    role: 'writer' | 'gateway',
    bus: EventBus,
    fanOut: FanOut,
    options: BusBridgeOptions = {},
  ): Promise<BusBridge> {
    const open = role === 'writer' ? sendAll : relayAll;
    return new BusBridge(await open(bus, fanOut, options));
  }

  async close(): Promise<void> {
    for (const end of this.ends) await end();
  }
}

async function sendAll(
  bus: EventBus,
  fanOut: FanOut,
  { metrics = noMetrics, onError = () => undefined }: BusBridgeOptions,
) {
  const publisher = await fanOut.publisher();
  const announced = bus.events$.subscribe((event: ChainEvent) => {
    try {
      publisher.send(event);
    } catch (error) {
      metrics.counter(engineMetrics.eventsUnsent, { type: event.type }).add();
      onError(SluiceError.from(error));
    }
  });
  return [() => announced.unsubscribe(), () => publisher.close()];
}

async function relayAll(
  bus: EventBus,
  fanOut: FanOut,
  { metrics = noMetrics, onLoss = () => undefined }: BusBridgeOptions,
) {
  const endRefusal = bus.record(({ type }) => {
    throw new SluiceError('STATE', `This node is a gateway: '${type}' is published on the writer`);
  });
  const subscription = await fanOut.follow({
    event: (event) => bus.relay(event),
    lost: (loss) => {
      metrics.counter(engineMetrics.eventsLost, { reason: loss.reason }).add(loss.events ?? 1);
      bus.lose(loss);
      onLoss(loss);
    },
  });
  return [() => subscription.close(), () => void endRefusal()];
}
