import { engineMetrics, type MetricReport, type Metrics } from '@sluice/engine';
import type { ResumedConfirmations } from './resumed-confirmations.js';

const FIGURES = [
  engineMetrics.streamReaders,
  engineMetrics.streamLag,
  engineMetrics.unacknowledgedEvents,
] as const;

/** Resumed subscriptions in the metrics, beside the sessions of streams. */
export class ResumeFigures {
  private readonly resumed = new Set<ResumedConfirmations>();
  /** Ends the figures. */
  readonly end: () => void;

  constructor(metrics: Metrics) {
    this.end = metrics.observe(FIGURES, (report) => {
      for (const { progress } of this.resumed) reportProgress(progress, report);
    });
  }

  add(resumed: ResumedConfirmations): void {
    this.resumed.add(resumed);
  }

  delete(resumed: ResumedConfirmations): void {
    this.resumed.delete(resumed);
  }
}

function reportProgress(progress: ResumedConfirmations['progress'], report: MetricReport): void {
  if (progress === undefined) return;
  const { endpoint, state, lag, unacknowledged } = progress;
  const labels = { endpoint, topic: 'confirmation' };
  report.gauge(engineMetrics.streamReaders, { ...labels, state }, 1);
  report.distribution(engineMetrics.streamLag, labels, lag);
  report.gauge(engineMetrics.unacknowledgedEvents, labels, unacknowledged);
}
