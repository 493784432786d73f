/** What a stream's sessions look like at one moment, for the metrics. */
import { engineMetrics } from '../metrics/engine-metrics.js';
import type { MetricReport } from '../metrics/metrics.js';
import type { SlidingWindow } from './sliding-window.js';
import type { ReaderPhase, StreamReader } from './stream-reader.js';

/** What {@link reportReader} reports. */
export const READER_FIGURES = [
  engineMetrics.streamReaders,
  engineMetrics.streamLag,
  engineMetrics.unacknowledgedEvents,
] as const;

const WAITS_FOR = {
  queued: 'turn',
  reading: 'log',
  blocked: 'socket',
  live: 'live',
} as const satisfies Partial<Record<ReaderPhase, string>>;

/** @param head id of the stream's newest event. */
export function reportReader(
  { phase, window, session }: StreamReader,
  topic: string,
  head: number,
  report: MetricReport,
): void {
  if (phase === 'ended') return;
  const labels = { endpoint: session.info.endpoint, topic };
  const idle = window.active ? 'acknowledgement' : 'start';
  const state = phase === 'idle' ? idle : WAITS_FOR[phase];
  report.gauge(engineMetrics.streamReaders, { ...labels, state }, 1);
  if (!window.active) return;
  report.distribution(engineMetrics.streamLag, labels, Math.max(0, head + 1 - window.next));
  report.gauge(engineMetrics.unacknowledgedEvents, labels, unacknowledged(window));
}

function unacknowledged({ current: { sent, acked } }: SlidingWindow): number {
  return sent === null ? 0 : Number(sent) - Number(acked ?? -1);
}
