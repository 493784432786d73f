import { openSessions, sum } from '../server/open-sessions.js';
import type { SoakServer, SoakUrls } from '../server/soak-server.js';
import type { Latencies } from '../report/latencies.js';
import type { SoakSample } from './soak-result.js';

const MINUTE_MS = 60_000;

export interface Observed {
  readonly server: SoakServer;
  readonly urls: SoakUrls;
  /** The same chains without clients. */
  readonly twin: SoakServer;
  readonly latencies: Latencies;
}

/** Looks into the servers. */
export class Observer {
  readonly samples: SoakSample[] = [];
  private readonly began = performance.now();

  constructor(private readonly observed: Observed) {}

  get minute(): number {
    return (performance.now() - this.began) / MINUTE_MS;
  }

  /** Looks now; what was seen is kept unless it is only for the caller. */
  async look(keep = true): Promise<SoakSample> {
    const { server, twin, urls, latencies } = this.observed;
    const { minute } = this;
    const [sessions, held, twinHeld] = await Promise.all([
      openSessions(urls).then(sum),
      server.call('holdings', undefined).then((holdings) => {
        latencies.leaveOut(holdings.collection);
        return holdings;
      }),
      twin.call('holdings', undefined),
    ]);
    const sample = {
      minute,
      sessions,
      server: held,
      twin: twinHeld,
      latency: latencies.takeRecent(),
    };
    if (keep) this.samples.push(sample);
    return sample;
  }
}
