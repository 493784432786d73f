import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { defineGauge, type EventLogStore, type LogStatus, type Metrics } from '@sluice/engine';
import { EVENT_LOG_STORE, METRICS } from '../sluice.tokens.js';

/** What a log that can lose its server says of itself. */
export const logState = defineGauge(
  'sluice_log_state',
  'How the event log is: 1 for its state (idle, waiting, connected, reconnecting, failed), 0 for the others.',
  ['state'],
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
    this.end =
      store?.status === undefined
        ? () => undefined
        : metrics.observe([logState], (report) => {
            for (const state of STATES) {
              report.gauge(logState, { state }, state === store.status?.state ? 1 : 0);
            }
          });
  }

  onApplicationShutdown(): void {
    this.end();
  }
}
