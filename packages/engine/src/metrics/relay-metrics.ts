import { defineCounter, defineGauge } from './metric-definition.js';

/**
 * What is counted of sources that follow a node. They are known here, and not only to relays, because whoever judges an
 * application's health asks for them. Label: `relay` names what is fed.
 */
export const relayMetrics = {
  state: defineGauge(
    'sluice_relay_state',
    'What a relay does: 1 for its state, 0 for the others: idle, connecting, online, waiting, stopped.',
    ['relay', 'state'],
  ),
  offlineSeconds: defineGauge(
    'sluice_relay_offline_seconds',
    'How long no upstream has answered; 0 while one does.',
    ['relay'],
  ),
  lastEventAge: defineGauge(
    'sluice_relay_last_event_age_seconds',
    'Time since the upstream told of something; missing until it has.',
    ['relay'],
  ),
  connections: defineCounter(
    'sluice_relay_connections_total',
    'Times a relay came online: the first time, and each time it was back.',
    ['relay'],
  ),
  failures: defineCounter(
    'sluice_relay_failures_total',
    'Attempts to follow an upstream that have ended, lost connections included.',
    ['relay'],
  ),
  events: defineCounter('sluice_relay_events_total', 'Events an upstream told of.', ['relay']),
  gaps: defineCounter(
    'sluice_relay_gaps_total',
    'Gaps in what an upstream told, by what became of them: filled or lost.',
    ['relay', 'result'],
  ),
} as const;
