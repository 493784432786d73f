import { monotonicMicros } from '../processes/monotonic.js';
import type { BenchSettings, Measurable, Sample, Subject } from '../scenarios/scenario.js';
import { Rig } from './rig.js';

/** Has a server do its part without any client. */
export class PerformMeasurement implements Measurable {
  private constructor(
    private readonly rig: Rig,
    private readonly times: number,
  ) {}

  /** @param times what is measured in one go. */
  static async open(
    subject: Subject,
    parameters: unknown,
    times: number,
  ): Promise<PerformMeasurement> {
    const { rig } = await Rig.start(subject, parameters);
    return new PerformMeasurement(rig, times);
  }

  async measure({ seconds }: BenchSettings): Promise<Sample> {
    const { server } = this.rig;
    const cpu = await server.call('cpu', undefined);
    const until = monotonicMicros() + seconds * 1e6;
    let [performed, micros] = [0, 0];
    do {
      micros += await server.call('perform', this.times);
      performed += this.times;
    } while (monotonicMicros() < until);
    const cpuMicros = (await server.call('cpu', undefined)) - cpu;
    return { perSecond: (performed / micros) * 1e6, cpuPerEvent: cpuMicros / performed };
  }

  end(): Promise<void> {
    return this.rig.end();
  }
}
