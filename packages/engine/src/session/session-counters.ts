import { CountersBy } from '../metrics/counters-by.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import type { Counter, Metrics } from '../metrics/metrics.js';

/**
 * Why a session has ended.
 *
 * - `client`: the client has closed the connection, or it broke.
 * - `server`: the application or the dialect has ended it.
 * - `slow`: it did not keep up.
 * - `fault`: the answer to a fault, or the effect of one of our own.
 * - `heartbeat`: the client was not heard of any more.
 * - `shutdown`: the application ends.
 */
export type SessionEnd = 'client' | 'server' | 'slow' | 'fault' | 'heartbeat' | 'shutdown';

/** The counters that all sessions of an endpoint share. */
export class SessionCounters {
  private static readonly known = new WeakMap<Metrics, Map<string, SessionCounters>>();
  readonly opened: Counter;
  readonly frames: Counter;
  readonly bytes: Counter;
  readonly writes: Counter;
  readonly faults: Counter;
  readonly closed: CountersBy<SessionEnd>;

  private constructor(metrics: Metrics, endpoint: string) {
    this.opened = metrics.counter(engineMetrics.sessionsOpened, { endpoint });
    this.frames = metrics.counter(engineMetrics.framesSent, { endpoint });
    this.bytes = metrics.counter(engineMetrics.bytesSent, { endpoint });
    this.writes = metrics.counter(engineMetrics.writes, { endpoint });
    this.faults = metrics.counter(engineMetrics.faults, { endpoint, topic: '', code: 'INTERNAL' });
    this.closed = new CountersBy((reason) =>
      metrics.counter(engineMetrics.sessionsClosed, { endpoint, reason }),
    );
  }

  /** Those of an endpoint: looked up once for each session, so that a count is an addition. */
  static of(metrics: Metrics, endpoint: string): SessionCounters {
    const endpoints = this.known.get(metrics) ?? new Map<string, SessionCounters>();
    this.known.set(metrics, endpoints);
    let counters = endpoints.get(endpoint);
    if (counters === undefined) {
      counters = new SessionCounters(metrics, endpoint);
      endpoints.set(endpoint, counters);
    }
    return counters;
  }
}
