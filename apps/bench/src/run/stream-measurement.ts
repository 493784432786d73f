import type { StreamChoice } from '../load/streams/stream-dialect.js';
import { monotonicMicros } from '../processes/monotonic.js';
import type { BenchSettings, Figure, Measurable, Sample, Subject } from '../scenarios/scenario.js';
import type { Volley } from '../server/measured-server.js';
import { Rig } from './rig.js';
import { GENERATOR } from './volley-measurement.js';

/** Which stream is read, and how. */
export interface StreamPlan extends StreamChoice {
  readonly parameters: unknown;
  /** Messages of the stream, or that are published while it is read. */
  readonly events: number;
  readonly window: number;
  /** Clients that read it at the same time, each all of it. */
  readonly clients: number;
  /**
   * The stream is read while it grows: messages that are there before anything is published, and how it is published.
   * Default: it is there, and each client reads it from the beginning.
   */
  readonly live?: { readonly stored: number; readonly volley: Pick<Volley, 'perTurn' | 'everyMs'> };
}

/** Columns of what a {@link StreamMeasurement} measures. */
export const STREAM_FIGURES: readonly Figure[] = [
  { key: 'perSecond', title: 'events/s' },
  { key: 'cpuPerEvent', title: 'CPU µs/event', digits: 2, compared: true },
  GENERATOR,
];

/** Reads a stream to its end, again and again; every message must come, once and in order. */
export class StreamMeasurement implements Measurable {
  private published = 0;

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
    const { events, clients } = this.plan;
    const cpu = await server.call('cpu', undefined);
    const generator = await load.call('cpu', undefined);
    const until = monotonicMicros() + seconds * 1e6;
    let [deliveries, micros] = [0, 0];
    do {
      micros += await this.readOnce();
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

  /** @returns the microseconds that it took. */
  private async readOnce(): Promise<number> {
    const { server, load } = this.rig;
    const { live, parameters: _, ...reading } = this.plan;
    const after = live === undefined ? -1 : live.stored + this.published - 1;
    await load.call('openStream', { ...reading, url: this.url, after });
    const start = monotonicMicros();
    const read = load.call('readStream', undefined);
    if (live === undefined) return (await read) - start;
    const { events } = reading;
    const published = server.call('publish', { ...live.volley, events, first: this.published });
    this.published += events;
    const [end] = await Promise.all([read, published]);
    return end - start;
  }
}
