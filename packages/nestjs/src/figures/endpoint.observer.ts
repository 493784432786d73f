import type { MetricReport, Metrics } from '@sluice/engine';
import type { ChainEndpoint } from '../endpoint/chain-endpoint.js';
import { endpointMetrics } from './endpoint-metrics.js';

const FIGURES = [
  endpointMetrics.connections,
  endpointMetrics.accepting,
  endpointMetrics.blockedSessions,
  endpointMetrics.outboundBytes,
  endpointMetrics.pendingCommands,
] as const;

/** Tells of an endpoint's connections whenever somebody looks. @returns a function that ends this. */
export function observeEndpoint(metrics: Metrics, endpoint: ChainEndpoint): () => void {
  return metrics.observe(FIGURES, (report) => {
    reportEndpoint(endpoint, report);
  });
}

/** One round over all connections, however many figures there are. */
function reportEndpoint(
  { settings, gateway, connections, accepting }: ChainEndpoint,
  report: MetricReport,
): void {
  let blocked = 0;
  let bytes = 0;
  let commands = 0;
  for (const { session, pendingCommands } of connections.values()) {
    if (session.phase === 'open' && !session.writable) blocked++;
    bytes += session.backlog;
    commands += pendingCommands;
  }
  const labels = { endpoint: settings.name };
  report.gauge(endpointMetrics.connections, { ...labels, gateway }, connections.size);
  report.gauge(endpointMetrics.accepting, labels, accepting ? 1 : 0);
  report.gauge(endpointMetrics.blockedSessions, labels, blocked);
  report.gauge(endpointMetrics.outboundBytes, labels, bytes);
  report.gauge(endpointMetrics.pendingCommands, labels, commands);
}
