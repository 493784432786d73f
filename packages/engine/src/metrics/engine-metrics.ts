import {
  defineCounter,
  defineDistribution,
  defineGauge,
  defineHistogram,
} from './metric-definition.js';

/**
 * What the engine counts. Labels: `endpoint` is the name of a gateway, or else its first path; `topic` one of its topics or the stream
 * that it sends, `stream` the name of a stream in the log.
 */
export const engineMetrics = {
  sessionsOpened: defineCounter('sluice_sessions_opened_total', 'Connections that were accepted.', [
    'endpoint',
  ]),
  sessionsClosed: defineCounter(
    'sluice_sessions_closed_total',
    'Connections that have ended, by who ended them and why: client, server, slow, fault, heartbeat, shutdown.',
    ['endpoint', 'reason'],
  ),
  framesSent: defineCounter(
    'sluice_frames_sent_total',
    'Messages handed to sockets, events and answers alike.',
    ['endpoint'],
  ),
  writes: defineCounter(
    'sluice_writes_total',
    'Writes to sockets: what one turn of the event loop has for a client leaves in one.',
    ['endpoint'],
  ),
  bytesSent: defineCounter(
    'sluice_bytes_sent_total',
    'Bytes handed to sockets, frame headers included, before compression.',
    ['endpoint'],
  ),
  messagesSent: defineCounter(
    'sluice_messages_sent_total',
    'Messages of events that sessions were sent: one for each receiver.',
    ['endpoint', 'topic'],
  ),
  messagesDropped: defineCounter(
    'sluice_messages_dropped_total',
    'Messages that sessions will never see, by the reason: overflow, replaced, rate, evicted, policy.',
    ['endpoint', 'topic', 'reason'],
  ),
  messagesEncoded: defineCounter(
    'sluice_messages_encoded_total',
    'Messages that were made of events: one for each event and variant that somebody receives.',
    ['endpoint', 'topic'],
  ),
  faults: defineCounter(
    'sluice_faults_total',
    'Faults by code, of clients and of our own (INTERNAL).',
    ['endpoint', 'topic', 'code'],
  ),
  eventsPublished: defineCounter(
    'sluice_events_published_total',
    'Events that the application has published, by type; from the 501st type on as other.',
    ['type'],
  ),
  eventsRefused: defineCounter(
    'sluice_events_refused_total',
    'Events that nobody heard of, because they were refused or could not be stored.',
    ['type'],
  ),
  eventsRelayed: defineCounter(
    'sluice_events_relayed_total',
    'Events of the writer that a gateway has announced, by type.',
    ['type'],
  ),
  eventsLost: defineCounter(
    'sluice_events_lost_total',
    'Events of the writer that a gateway knows it never got, by the reason: forgotten, writer-gone; and changes of the ' +
      'writer that may have cost some: writer-changed.',
    ['reason'],
  ),
  eventsUnsent: defineCounter(
    'sluice_events_unsent_total',
    'Events that the writer could not send to gateways, by type.',
    ['type'],
  ),
  eventsAppended: defineCounter('sluice_events_appended_total', 'Events stored in the log.', [
    'stream',
  ]),
  appendFailures: defineCounter('sluice_append_failures_total', 'Batches the log did not take.', [
    'stream',
  ]),
  appendSeconds: defineHistogram(
    'sluice_log_append_seconds',
    'Time the log took to store a batch.',
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    ['stream'],
  ),
  streamWritable: defineGauge(
    'sluice_stream_writable',
    'Whether the stream takes events: 1, or 0 once the log has refused a batch.',
    ['stream'],
  ),
  pendingEvents: defineGauge('sluice_stream_pending_events', 'Events that wait to be stored.', [
    'stream',
  ]),
  storedEvents: defineGauge('sluice_stream_stored_events', 'Events that can be replayed.', [
    'stream',
  ]),
  headEvent: defineGauge(
    'sluice_stream_head_event',
    'Id of the newest stored event; -1 if there was none.',
    ['stream'],
  ),
  streamReaders: defineGauge(
    'sluice_stream_readers',
    'Sessions of a stream by what they wait for: start, acknowledgement, turn, log, socket, or for events (live).',
    ['endpoint', 'topic', 'state'],
  ),
  streamLag: defineDistribution(
    'sluice_stream_lag_events',
    'Sessions with a started stream by how many stored events they were not sent yet.',
    [0, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000],
    ['endpoint', 'topic'],
  ),
  unacknowledgedEvents: defineGauge(
    'sluice_stream_unacknowledged_events',
    'Events that were sent and not acknowledged, over all sessions.',
    ['endpoint', 'topic'],
  ),
  subscriptions: defineGauge('sluice_subscriptions', 'Sessions that are subscribed.', [
    'endpoint',
    'topic',
  ]),
  queueMessages: defineGauge(
    'sluice_queue_messages',
    'Messages that flow control holds back, over all sessions.',
    ['endpoint', 'topic'],
  ),
  queueBytes: defineGauge(
    'sluice_queue_bytes',
    'Bytes of messages that flow control holds back, over all sessions.',
    ['endpoint', 'topic'],
  ),
  observationFailures: defineCounter(
    'sluice_observation_failures_total',
    'Figures that could not be worked out because what reads them has thrown.',
  ),
} as const;
