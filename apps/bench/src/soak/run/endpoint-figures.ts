import type { SoakClient } from '../clients/soak-client.js';
import type { Latencies } from '../report/latencies.js';
import type { EndpointFigures } from './soak-result.js';

/** What the clients of each endpoint have counted, in the order of the first of them. */
export function endpointFigures(
  clients: readonly SoakClient[],
  latencies: Latencies,
): readonly EndpointFigures[] {
  const endpoints = [...new Set(clients.map(({ name }) => name.endpoint))];
  return endpoints.map((endpoint) => {
    const own = clients.filter(({ name }) => name.endpoint === endpoint);
    const total = (count: 'connections' | 'messages' | 'ended'): number =>
      own.reduce((sum, { counts }) => sum + counts[count], 0);
    return {
      endpoint,
      clients: own.length,
      connections: total('connections'),
      messages: total('messages'),
      ended: total('ended'),
      latency: latencies.of(endpoint),
    };
  });
}
