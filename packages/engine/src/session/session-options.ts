import type { Metrics } from '../metrics/metrics.js';
import type { Clock } from '../time/clock.js';
import type { SessionTopics } from '../topics/subscription.js';

/** Collaborators and limits of a {@link Session}. */
export interface SessionOptions {
  readonly clock?: Clock;
  readonly metrics?: Metrics;
  /** Where `subscribe` finds its topics; without it, `subscribe` is refused with `STATE`. */
  readonly topics?: SessionTopics;
  /**
   * Most bytes that may wait for one client, in the outbox and the socket together; default 16 MiB. A client that
   * exceeds it is evicted.
   */
  readonly outboundBytes?: number;
  /** Hears of what drain and close listeners and the socket throw; must not throw itself. Default: it is only counted (`faults`). */
  readonly onError?: (error: unknown) => void;
}
