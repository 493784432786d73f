import { defineGauge } from '@sluice/engine';

/** Metrics under the names that a Hathor node has for them (contract, limits and defaults). */
export const hathorMetrics = {
  walletConnections: defineGauge('websocket_connections', 'Open connections of the wallet socket.'),
  subscribedAddresses: defineGauge(
    'subscribed_addresses',
    'Distinct addresses that connections of the wallet socket are subscribed to.',
  ),
  miningConnections: defineGauge('mining_ws_connections', 'Open connections of the mining socket.'),
} as const;
