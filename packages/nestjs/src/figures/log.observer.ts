import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { defineGauge, type EventLogStore, type LogStatus, type Metrics } from '@sluice/engine';
import { EVENT_LOG_STORE, METRICS } from '../sluice.tokens.js';

/** What a log that can lose its server says of itself. */
export const logState = defineGauge(
  'sluice_log_state',
  'How the event log is: 1 for its state (idle, waiting, connected, reconnecting, failed), 0 for the others.',
  ['state'],
);

/** How full the log is, where that is known. */
export const logBytes = defineGauge(
  'sluice_log_bytes',
  'Bytes of events that the log keeps, in all streams.',
  [],
);

/** Where it is full. */
export const logLimitBytes = defineGauge(
  'sluice_log_limit_bytes',
  'Bytes of events from which on the log refuses more: by its own limit, or by what its volume has left.',
  [],
);

const STATES: readonly LogStatus['state'][] = [
  'idle',
  'waiting',
  'connected',
  'reconnecting',
  'failed',
];

/** Tells of the log's state whenever somebody looks. */
@Injectable()
export class LogObserver implements OnApplicationShutdown {
  private readonly end: () => void;

  constructor(
    @Inject(EVENT_LOG_STORE) store: EventLogStore | undefined,
    @Inject(METRICS) metrics: Metrics,
  ) {
    const ends = [
      store?.status !== undefined &&
        metrics.observe([logState], (report) => {
          for (const state of STATES) {
            report.gauge(logState, { state }, state === store.status?.state ? 1 : 0);
          }
        }),
      store !== undefined &&
        'usage' in store &&
        metrics.observe([logBytes, logLimitBytes], (report) => {
          const { usage } = store;
          if (usage === undefined) return;
          report.gauge(logBytes, {}, usage.bytes);
          report.gauge(logLimitBytes, {}, usage.limitBytes);
        }),
    ];
    this.end = () => {
      for (const end of ends) if (end !== false) end();
    };
  }

  onApplicationShutdown(): void {
    this.end();
  }
}
