import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import type { ProcessFigures } from './sample.js';

const RESOLUTION_MS = 20;

/** Measures this process between two looks. */
export class ProcessMeter {
  private readonly delay: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private cpu = process.cpuUsage();

  constructor() {
    this.delay.enable();
  }

  /** @param seconds since the last look. */
  read(seconds: number): ProcessFigures {
    const { user, system } = process.cpuUsage(this.cpu);
    this.cpu = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    const worstMs = this.delay.max / 1e6 - RESOLUTION_MS;
    this.delay.reset();
    return {
      rss,
      heapUsed,
      cpu: (user + system) / 1e6 / seconds,
      loopDelayMs: Math.max(0, worstMs),
    };
  }

  stop(): void {
    this.delay.disable();
  }
}
