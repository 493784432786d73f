import { monotonicMicros } from '../processes/monotonic.js';
import type { BenchSettings, Figure, Measurable, Sample, Subject } from '../scenarios/scenario.js';
import { Rig } from './rig.js';

/** Which stream is read, and how. */
export interface StreamPlan {
  readonly parameters: unknown;
  readonly events: number;
  readonly window: number;
  /** Clients that read it at the same time, each from the beginning. */
  readonly clients: number;
}

/** Columns of what a {@link StreamMeasurement} measures. */
export const STREAM_FIGURES: readonly Figure[] = [
  { key: 'perSecond', title: 'events/s' },
  { key: 'cpuPerEvent', title: 'CPU µs/event', digits: 2, compared: true },
  { key: 'generator', title: 'load generator, cores', digits: 2 },
];

/** Reads a stream from its beginning to its end, again and again; every event must come, once and in order. */
export class StreamMeasurement implements Measurable {
  private constructor(
    private readonly rig: Rig,
    private readonly url: string,
    private readonly plan: StreamPlan,
  ) {}

  static async open(subject: Subject, plan: StreamPlan): Promise<StreamMeasurement> {
    const { rig, url } = await Rig.start(subject, plan.parameters);
    return new StreamMeasurement(rig, url, plan);
  }

  async measure({ seconds }: BenchSettings): Promise<Sample> {
    const { server, load } = this.rig;
    const cpu = await server.call('cpu', undefined);
    const generator = await load.call('cpu', undefined);
    const until = monotonicMicros() + seconds * 1e6;
    let [deliveries, micros] = [0, 0];
    do {
      const { events, window, clients } = this.plan;
      micros += await load.call('readStream', { url: this.url, events, window, clients });
      deliveries += events * clients;
    } while (monotonicMicros() < until);
    return {
      deliveries,
      perSecond: (deliveries / micros) * 1e6,
      cpuPerEvent: ((await server.call('cpu', undefined)) - cpu) / deliveries,
      generator: ((await load.call('cpu', undefined)) - generator) / micros,
    };
  }

  end(): Promise<void> {
    return this.rig.end();
  }
}
