import type { Clock, EventLogStore, FanOut, MetricsRegistry } from '@sluice/engine';
import type { HeartbeatOptions } from './heartbeat.options.js';
import type { Tracing } from '../tracing/tracing.js';
import type { SluiceLimits } from './limits.js';
import type { OperatorOptions } from './operator.options.js';
import type { OriginRule } from './origins.js';

/**
 * What a process does with the durable streams of its log.
 *
 * - `writer`: it has the chain. What is published here is stored, then announced. Also the whole of an application that
 *   is one process.
 * - `gateway`: it has clients only. It follows what the writer stores, and stores nothing.
 */
export type SluiceRole = 'writer' | 'gateway';

/** Options of `SluiceModule`. What a gateway sets for itself comes before what is set here. */
export interface SluiceOptions {
  /** Where durable events are kept. Default: none; a gateway that needs a log says so at start. Closed at shutdown. */
  readonly log?: EventLogStore;
  /**
   * See {@link SluiceRole}; default `writer`. A gateway needs a log that can be followed, such as that of
   * `@sluice/log-jetstream`, or a {@link fanOut}; a durable event that is published there is refused with `STATE`.
   */
  readonly role?: SluiceRole;
  /**
   * Brings everything that the writer's bus announces to the buses of the gateways, such as `natsFanOut()` of
   * `@sluice/log-jetstream`. On a gateway every event that is published is refused then: only the writer publishes.
   * Default: none; each node hears only of what is published there.
   */
  readonly fanOut?: FanOut;
  /** See {@link SluiceLimits}; each has a default. */
  readonly limits?: SluiceLimits;
  /**
   * Addresses and CIDR ranges of proxies in front of the application (`loopback`, `linklocal` and `uniquelocal` are
   * understood; a proxy on a Unix socket is `loopback`). `X-Forwarded-For` counts only as far as it was written by one
   * of them. Default: none.
   */
  readonly trustedProxies?: readonly string[];
  /** Which `Origin` may connect; default any. Others get HTTP 403. */
  readonly origins?: OriginRule;
  /**
   * A listener of their own for metrics, health, the inspector, and controllers with `@OperatorEndpoint()`: there they answer,
   * and nowhere else. Default: none; they are on the application's port.
   */
  readonly operators?: OperatorOptions;
  /** How dead connections are found; default {@link HeartbeatOptions}' defaults, `false` turns it off. */
  readonly heartbeat?: HeartbeatOptions | false;
  /** Whether the application's global prefix stands in front of gateways' paths; default false. */
  readonly globalPrefix?: boolean;
  /** Where everything is counted; default a registry of the application's own, to be injected as `METRICS`. */
  readonly metrics?: MetricsRegistry;
  /** Traces of commands and events: `openTelemetry()` of `@sluice/nestjs/tracing`. Default: none. */
  readonly tracing?: Tracing;
  /** Time; default the system's. Tests pass a `ManualClock`. */
  readonly clock?: Clock;
}
