import {
  CountersBy,
  noMetrics,
  relayMetrics,
  systemClock,
  type Clock,
  type Counter,
  type MetricReport,
  type Metrics,
} from '@sluice/engine';
import { LINK_STATES, type LinkState } from './link-state.js';

/** What became of a gap: `lost` where some of it could not be had. */
export type GapResult = 'filled' | 'lost';

/** Collaborators of {@link RelayFigures}. */
export interface RelayFiguresOptions {
  /** Label of the metrics: what is fed, such as `basalt`. Never a URL: those may hold passwords. */
  readonly relay: string;
  readonly metrics?: Metrics;
  readonly clock?: Clock;
}

const FIGURES = [
  relayMetrics.state,
  relayMetrics.offlineSeconds,
  relayMetrics.lastEventAge,
] as const;

/** The metrics of one relay. Its link tells the state, its follower the rest. */
export class RelayFigures {
  private readonly clock: Clock;
  private readonly labels: { readonly relay: string };
  private readonly connections: Counter;
  private readonly failures: Counter;
  private readonly events: Counter;
  private readonly gaps: CountersBy<GapResult>;
  private readonly endObservation: () => void;
  private state: LinkState = 'idle';
  /** When it was online last, or made; undefined while it is. */
  private offlineSince: number | undefined;
  private heardAt: number | undefined;

  constructor({ relay, metrics = noMetrics, clock = systemClock }: RelayFiguresOptions) {
    this.clock = clock;
    this.labels = { relay };
    this.offlineSince = clock.monotonic();
    this.connections = metrics.counter(relayMetrics.connections, this.labels);
    this.failures = metrics.counter(relayMetrics.failures, this.labels);
    this.events = metrics.counter(relayMetrics.events, this.labels);
    this.gaps = new CountersBy((result) =>
      metrics.counter(relayMetrics.gaps, { ...this.labels, result }),
    );
    this.endObservation = metrics.observe(FIGURES, (report) => {
      this.report(report);
    });
  }

  /** The upstream has told of something. */
  heard(): void {
    this.heardAt = this.clock.monotonic();
    this.events.add();
  }

  /** Something was missing. */
  gap(result: GapResult): void {
    this.gaps.add(result);
  }

  /** @internal The link's state has changed. A link that has stopped has no figures. */
  entered(state: LinkState): void {
    this.state = state;
    if (state === 'online') {
      this.connections.add();
      this.offlineSince = undefined;
    } else {
      this.offlineSince ??= this.clock.monotonic();
    }
    if (state === 'waiting') this.failures.add();
    if (state === 'stopped') this.endObservation();
  }

  private report(report: MetricReport): void {
    const { labels, offlineSince, heardAt } = this;
    for (const state of LINK_STATES) {
      report.gauge(relayMetrics.state, { ...labels, state }, state === this.state ? 1 : 0);
    }
    const offline = offlineSince === undefined ? 0 : this.secondsSince(offlineSince);
    report.gauge(relayMetrics.offlineSeconds, labels, offline);
    if (heardAt === undefined) return;
    report.gauge(relayMetrics.lastEventAge, labels, this.secondsSince(heardAt));
  }

  private secondsSince(monotonic: number): number {
    return (this.clock.monotonic() - monotonic) / 1000;
  }
}
