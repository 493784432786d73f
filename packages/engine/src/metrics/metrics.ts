/** Names of what the engine counts. */
export type MetricName =
  | 'sessions_opened'
  | 'sessions_closed'
  | 'sessions_refused'
  | 'sessions_evicted'
  | 'commands'
  | 'faults'
  | 'messages_sent'
  | 'bytes_sent'
  | 'messages_dropped'
  | 'events_published'
  | 'events_encoded'
  | 'events_appended'
  | 'append_failures';

/** Labels of a metric: endpoint, topic, error code. Never anything a client chooses freely. */
export type MetricLabels = Readonly<Record<string, string>>;

/** Port for counters. Implementations must be cheap: calls sit on the event path. */
export interface Metrics {
  /** Adds `by` (default 1) to a counter. */
  count(name: MetricName, by?: number, labels?: MetricLabels): void;
}

/** Counts nothing; the default. */
export const noMetrics: Metrics = { count: () => undefined };
