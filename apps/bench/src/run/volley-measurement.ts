import { monotonicMicros } from '../processes/monotonic.js';
import type { AudienceOptions } from '../load/load-audience.js';
import type { BenchSettings, Figure, Measurable, Sample, Subject } from '../scenarios/scenario.js';
import type { Volley } from '../server/measured-server.js';
import { max, quantile } from '../statistics/statistics.js';
import { Rig } from './rig.js';

/** What is published to whom. */
export interface VolleyPlan {
  readonly parameters: unknown;
  readonly audience: Omit<AudienceOptions, 'url'>;
  /** Clients that get an event. */
  readonly receivers: number;
  /** Events published as fast as the server can, for half of the time; default: none. */
  readonly flood?: Pick<Volley, 'events' | 'perTurn'>;
  /** Events published at a rate at which nobody falls behind, for the rest of it. */
  readonly paced: Pick<Volley, 'perTurn' | 'everyMs'>;
}

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
  generator: { key: 'generator', title: 'load generator, cores', digits: 2 },
} as const satisfies Record<string, Figure>;

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

/** Publishes volleys to an audience; every message must arrive, once and in order. */
export class VolleyMeasurement implements Measurable {
  private next = 1;

  private constructor(
    private readonly rig: Rig,
    private readonly plan: VolleyPlan,
  ) {}

  static async open(subject: Subject, plan: VolleyPlan): Promise<VolleyMeasurement> {
    const { rig, url } = await Rig.start(subject, plan.parameters);
    try {
      await rig.load.call('connect', { ...plan.audience, url });
      return new VolleyMeasurement(rig, plan);
    } catch (error) {
      await rig.end();
      throw error;
    }
  }

  async measure({ seconds }: BenchSettings): Promise<Sample> {
    const { flood, paced } = this.plan;
    const pacedMs = (flood === undefined ? seconds : seconds / 2) * 1000;
    const flooded = flood && (await this.shoot({ ...flood, everyMs: 0 }, seconds * 500));
    await this.rig.load.call('report', undefined);
    const turns = Math.max(1, Math.round(pacedMs / paced.everyMs));
    const even = await this.shoot({ ...paced, events: turns * paced.perTurn }, 0);
    const { p50, p99 } = await this.rig.load.call('report', undefined);
    const work = flooded ?? even;
    return {
      deliveries: (flooded?.deliveries ?? 0) + even.deliveries,
      perSecond: (work.deliveries / work.micros) * 1e6,
      eventsPerSecond: (work.events / work.micros) * 1e6,
      cpuPerDelivery: work.cpuMicros / work.deliveries,
      cpuPerEvent: work.cpuMicros / work.events,
      generator: work.generatorMicros / work.micros,
      p50: p50 / 1000,
      p99: p99 / 1000,
      lastP50: quantile(even.lastReceipts, 0.5) / 1000,
      lastP99: quantile(even.lastReceipts, 0.99) / 1000,
      lastMax: max(even.lastReceipts) / 1000,
    };
  }

  end(): Promise<void> {
    return this.rig.end();
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
