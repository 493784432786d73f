import type { CancelTask, Clock, MetricsRegistry } from '@sluice/engine';
import { ProcessMeter } from './process-meter.js';
import { sampleOf, type Sample } from './sample.js';
import { totalsOf, type Totals } from './totals.js';

export interface SamplerOptions {
  readonly metrics: Pick<MetricsRegistry, 'snapshot'>;
  readonly clock: Clock;
  readonly sampleMs: number;
  /** Samples that are kept. */
  readonly history: number;
}

interface Run {
  readonly meter: ProcessMeter;
  before: Totals;
  /** Monotonic milliseconds. */
  at: number;
  cancel: CancelTask;
}

/** Looks at the figures again and again while somebody watches; costs nothing while nobody does. */
export class Sampler {
  private readonly watchers = new Set<(sample: Sample) => void>();
  private readonly samples: Sample[] = [];
  private run: Run | undefined;

  constructor(private readonly options: SamplerOptions) {}

  /** The newest samples, oldest first; there are gaps where nobody watched. */
  get history(): readonly Sample[] {
    return this.samples;
  }

  /** Calls `watcher`, which must not throw, with every sample. @returns a function that ends this. */
  watch(watcher: (sample: Sample) => void): () => void {
    this.watchers.add(watcher);
    this.run ??= this.start();
    return () => {
      this.watchers.delete(watcher);
      if (this.watchers.size === 0) this.stop();
    };
  }

  /** Stops looking, whoever watches. */
  stop(): void {
    this.run?.cancel();
    this.run?.meter.stop();
    this.run = undefined;
    this.watchers.clear();
  }

  private start(): Run {
    const { clock, metrics } = this.options;
    return {
      meter: new ProcessMeter(),
      before: totalsOf(metrics.snapshot()),
      at: clock.monotonic(),
      cancel: this.next(),
    };
  }

  private next(): CancelTask {
    return this.options.clock.after(this.options.sampleMs, () => {
      this.look();
    });
  }

  private look(): void {
    const { run } = this;
    if (run === undefined) return;
    const { clock, metrics, history } = this.options;
    run.cancel = this.next();
    const now = totalsOf(metrics.snapshot());
    const at = clock.monotonic();
    const seconds = Math.max(0.001, (at - run.at) / 1000);
    const sample = sampleOf(clock.now(), seconds, run.before, now, run.meter.read(seconds));
    run.before = now;
    run.at = at;
    this.samples.push(sample);
    if (this.samples.length > history) this.samples.shift();
    for (const watcher of this.watchers) watcher(sample);
  }
}
