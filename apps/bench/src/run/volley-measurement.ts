import { monotonicMicros } from '../processes/monotonic.js';
import type { AudienceOptions, LatencyReport } from '../load/load-audience.js';
import type { BystanderOptions } from '../load/bystanders.js';
import type { BenchSettings, Figure, Measurable, Sample, Subject } from '../scenarios/scenario.js';
import type { Volley } from '../server/measured-server.js';
import { max, quantile } from '../statistics/statistics.js';
import { Rig } from './rig.js';

/** What is published to whom. */
export interface VolleyPlan {
  readonly parameters: unknown;
  /** What the subject says of its own clients comes first. */
  readonly audience: Omit<AudienceOptions, 'url'>;
  /** Clients that get an event. */
  readonly receivers: number;
  /** Clients that come before all others, and events that they alone are sent; default: none. */
  readonly before?: Pick<Volley, 'events' | 'perTurn'> & {
    readonly bystanders: Omit<BystanderOptions, 'url'>;
  };
  /** Events published as fast as the server can; default: none. */
  readonly flood?: Pick<Volley, 'events' | 'perTurn'>;
  /** Events published at a fixed rate; default: none. Both share the time. */
  readonly paced?: Pick<Volley, 'perTurn' | 'everyMs'>;
}

/** Cores that the load generator used: at the limit the rates of a row are its own. */
export const GENERATOR: Figure = {
  key: 'generator',
  title: 'load generator, cores',
  digits: 2,
  limit: 0.9,
};

/** Columns of what a {@link VolleyMeasurement} measures. */
export const VOLLEY_FIGURES = {
  perSecond: { key: 'perSecond', title: 'messages/s' },
  eventsPerSecond: { key: 'eventsPerSecond', title: 'events/s' },
  cpuPerDelivery: { key: 'cpuPerDelivery', title: 'CPU µs/message', digits: 2, compared: true },
  cpuPerEvent: { key: 'cpuPerEvent', title: 'CPU µs/event', digits: 1, compared: true },
  p50: { key: 'p50', title: 'p50 ms', digits: 2 },
  p99: { key: 'p99', title: 'p99 ms', digits: 2 },
  lastP50: { key: 'lastP50', title: 'last receipt: p50 ms', digits: 1, compared: true },
  lastP99: { key: 'lastP99', title: 'p99 ms', digits: 1 },
  lastMax: { key: 'lastMax', title: 'max ms', digits: 1 },
  behind: { key: 'behind', title: 'newest event behind, ms', digits: 1 },
  generator: GENERATOR,
} as const satisfies Record<string, Figure>;

/** A latency needs more events than processor time does. */
const LATENCY_SHARE = 3;

/** What some volleys came to. */
interface Shot {
  readonly events: number;
  readonly deliveries: number;
  /** From the first event to the last receipt, summed up. */
  readonly micros: number;
  readonly cpuMicros: number;
  readonly generatorMicros: number;
  readonly lastReceipts: readonly number[];
}

type PacedShot = Shot & LatencyReport;

const latencies = ({ p50, p99, lastReceipts }: PacedShot): Sample => ({
  p50: p50 / 1000,
  p99: p99 / 1000,
  lastP50: quantile(lastReceipts, 0.5) / 1000,
  lastP99: quantile(lastReceipts, 0.99) / 1000,
  lastMax: max(lastReceipts) / 1000,
  behind: (lastReceipts.at(-1) ?? 0) / 1000,
});

/** Publishes volleys to an audience; every message must arrive, once and in order. */
export class VolleyMeasurement implements Measurable {
  private next: number;

  private constructor(
    private readonly rig: Rig,
    private readonly plan: VolleyPlan,
  ) {
    this.next = 1 + (plan.before?.events ?? 0);
  }

  static async open(subject: Subject, plan: VolleyPlan): Promise<VolleyMeasurement> {
    const { rig, url } = await Rig.start(subject, plan.parameters);
    const { before } = plan;
    try {
      if (before !== undefined) {
        await rig.load.call('bystanders', { ...before.bystanders, url });
        await rig.server.call('publish', { ...before, everyMs: 0, first: 1 });
      }
      await rig.load.call('connect', { ...plan.audience, ...subject.audience, url });
      return new VolleyMeasurement(rig, plan);
    } catch (error) {
      await rig.end();
      throw error;
    }
  }

  async measure({ seconds }: BenchSettings): Promise<Sample> {
    const { flood, paced } = this.plan;
    const share = flood && paced ? 0.5 : paced ? LATENCY_SHARE : 1;
    const partMs = seconds * share * 1000;
    const flooded = flood && (await this.shoot({ ...flood, everyMs: 0 }, partMs));
    const even = paced && (await this.shootPaced(paced, partMs));
    const work = flooded ?? even;
    if (work === undefined) throw new Error('A volley has a flood, a pace or both');
    return {
      deliveries: (flooded?.deliveries ?? 0) + (even?.deliveries ?? 0),
      perSecond: (work.deliveries / work.micros) * 1e6,
      eventsPerSecond: (work.events / work.micros) * 1e6,
      cpuPerDelivery: work.cpuMicros / work.deliveries,
      cpuPerEvent: work.cpuMicros / work.events,
      generator: work.generatorMicros / work.micros,
      ...(even && latencies(even)),
    };
  }

  end(): Promise<void> {
    return this.rig.end();
  }

  private async shootPaced(
    paced: Pick<Volley, 'perTurn' | 'everyMs'>,
    forMs: number,
  ): Promise<PacedShot> {
    await this.rig.load.call('report', undefined);
    const turns = Math.max(1, Math.round(forMs / paced.everyMs));
    const shot = await this.shoot({ ...paced, events: turns * paced.perTurn }, 0);
    return { ...shot, ...(await this.rig.load.call('report', undefined)) };
  }

  /** Volley after volley until the time is up, one at least. */
  private async shoot(volley: Omit<Volley, 'first'>, forMs: number): Promise<Shot> {
    const { server, load } = this.rig;
    const cpu = await server.call('cpu', undefined);
    const generator = await load.call('cpu', undefined);
    const until = monotonicMicros() + forMs * 1000;
    const lastReceipts: number[] = [];
    let [events, deliveries, micros] = [0, 0, 0];
    do {
      const first = this.next;
      this.next += volley.events;
      const { receivers } = this.plan;
      await load.call('prepare', { first, events: volley.events, receivers });
      const [startedAt, arrived] = await Promise.all([
        server.call('publish', { ...volley, first }),
        load.call('arrived', PATIENCE_MS),
      ]);
      events += volley.events;
      deliveries += arrived.deliveries;
      micros += arrived.endedAt - startedAt;
      lastReceipts.push(...arrived.lastReceipts);
    } while (monotonicMicros() < until);
    return {
      events,
      deliveries,
      micros,
      cpuMicros: (await server.call('cpu', undefined)) - cpu,
      generatorMicros: (await load.call('cpu', undefined)) - generator,
      lastReceipts,
    };
  }
}

/** What has not arrived by then is lost. */
const PATIENCE_MS = 120_000;
