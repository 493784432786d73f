import { defineCounter, defineGauge, defineHistogram } from '@sluice/engine';

/** What endpoints count besides the engine. Labels: `endpoint` is the name of a gateway, or else its first path. */
export const endpointMetrics = {
  connections: defineGauge('sluice_connections', 'Open connections.', ['endpoint', 'gateway']),
  connectionsRefused: defineCounter(
    'sluice_connections_refused_total',
    'Upgrades that were refused, by the reason: limit, origin, guard, closed, timeout, gone, handshake, path, tls, error.',
    ['endpoint', 'reason'],
  ),
  accepting: defineGauge(
    'sluice_accepting_connections',
    'Whether clients are let in: 1, or 0 before the application has started and once it shuts down.',
    ['endpoint'],
  ),
  blockedSessions: defineGauge(
    'sluice_sessions_blocked',
    'Sessions whose socket is full: their clients do not read what they are sent.',
    ['endpoint'],
  ),
  outboundBytes: defineGauge(
    'sluice_outbound_bytes',
    'Bytes in this process that wait for sockets, over all sessions, without what flow control holds back.',
    ['endpoint'],
  ),
  pendingCommands: defineGauge(
    'sluice_commands_pending',
    'Commands that were received and wait for their turn, over all sessions.',
    ['endpoint'],
  ),
  commands: defineCounter(
    'sluice_commands_total',
    'Commands by result: ok, or the code of the fault. What no handler takes is the command unknown.',
    ['endpoint', 'command', 'result'],
  ),
  commandSeconds: defineHistogram(
    'sluice_command_seconds',
    'Time from taking a command up to its last answer.',
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    ['endpoint', 'command'],
  ),
} as const;

/**
 * Why an upgrade was refused.
 *
 * - `limit`: too many connections, in all or from one address.
 * - `origin`: its `Origin` may not connect.
 * - `guard`: a connect guard said no.
 * - `closed`: the application has not started yet, or shuts down.
 * - `timeout`: guards took too long.
 * - `gone`: the client left before they had decided.
 * - `handshake`: it is no proper WebSocket handshake.
 * - `path`: there is no such endpoint.
 * - `tls`: its TLS handshake failed, lacked a certificate, or took too long.
 * - `error`: a guard failed.
 */
export type RefusalReason =
  | 'limit'
  | 'origin'
  | 'guard'
  | 'closed'
  | 'timeout'
  | 'gone'
  | 'handshake'
  | 'path'
  | 'tls'
  | 'error';
