/** What the figures of all gateways add up to at one moment. */
import { engineMetrics, type MetricFamily, type MetricSample } from '@sluice/engine';
import { endpointMetrics } from '@sluice/nestjs';

/** Counters since the start. */
export interface Counts {
  events: number;
  messages: number;
  bytes: number;
  writes: number;
  commands: number;
  drops: number;
  faults: number;
  refused: number;
  opened: number;
  closed: number;
}

/** Values of this moment. */
export interface Gauges {
  sessions: number;
  /** Sessions whose socket is full. */
  blocked: number;
  /** Bytes that wait for sockets. */
  outboundBytes: number;
  /** Messages that flow control holds back. */
  heldMessages: number;
  heldBytes: number;
  pendingCommands: number;
  /** Events that sessions of streams were not sent yet, over all. */
  lagEvents: number;
  unacknowledged: number;
  /** Events that wait to be stored. */
  pendingEvents: number;
}

export interface Totals {
  readonly counts: Counts;
  readonly gauges: Gauges;
  /** Messages handed to sockets, by endpoint. */
  readonly framesByEndpoint: ReadonlyMap<string, number>;
  /** Dropped messages by reason. */
  readonly dropsByReason: ReadonlyMap<string, number>;
}

const COUNTS: Readonly<Record<keyof Counts, string>> = {
  events: engineMetrics.eventsPublished.name,
  messages: engineMetrics.framesSent.name,
  bytes: engineMetrics.bytesSent.name,
  writes: engineMetrics.writes.name,
  commands: endpointMetrics.commands.name,
  drops: engineMetrics.messagesDropped.name,
  faults: engineMetrics.faults.name,
  refused: endpointMetrics.connectionsRefused.name,
  opened: engineMetrics.sessionsOpened.name,
  closed: engineMetrics.sessionsClosed.name,
};

const GAUGES: Readonly<Record<Exclude<keyof Gauges, 'lagEvents'>, string>> = {
  sessions: endpointMetrics.connections.name,
  blocked: endpointMetrics.blockedSessions.name,
  outboundBytes: endpointMetrics.outboundBytes.name,
  heldMessages: engineMetrics.queueMessages.name,
  heldBytes: engineMetrics.queueBytes.name,
  pendingCommands: endpointMetrics.pendingCommands.name,
  unacknowledged: engineMetrics.unacknowledgedEvents.name,
  pendingEvents: engineMetrics.pendingEvents.name,
};

/** Adds up a snapshot of the registry. */
export function totalsOf(families: readonly MetricFamily[]): Totals {
  const samples = new Map(families.map(({ definition, samples }) => [definition.name, samples]));
  const sum = (name: string): number =>
    (samples.get(name) ?? []).reduce((total, { value }) => total + value, 0);
  const sums = <K extends string>(names: Readonly<Record<K, string>>): Record<K, number> =>
    Object.fromEntries(
      Object.entries<string>(names).map(([key, name]) => [key, sum(name)]),
    ) as Record<K, number>;
  const lag = samples.get(engineMetrics.streamLag.name) ?? [];
  return {
    counts: sums(COUNTS),
    gauges: {
      ...sums(GAUGES),
      lagEvents: lag.reduce((total, { buckets }) => total + (buckets?.sum ?? 0), 0),
    },
    framesByEndpoint: by('endpoint', samples.get(engineMetrics.framesSent.name)),
    dropsByReason: by('reason', samples.get(engineMetrics.messagesDropped.name)),
  };
}

function by(label: string, samples: readonly MetricSample[] = []): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { labels, value } of samples) {
    const key = labels[label] ?? '';
    sums.set(key, (sums.get(key) ?? 0) + value);
  }
  return sums;
}
