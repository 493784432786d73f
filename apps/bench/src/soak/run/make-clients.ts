import { EventClient, type EventClientOptions } from '../clients/event.client.js';
import { LiveClient } from '../clients/live.client.js';
import type { Behaviour, ClientName, SoakClient, SoakContext } from '../clients/soak-client.js';
import type { LiveEndpoint } from '../endpoints/live-endpoint.js';
import { seededRandom } from './seeded-random.js';

/** Of ten clients of an endpoint, one after the other. */
const TEN: readonly Behaviour[] = [
  'fast',
  'slow',
  'flapping',
  'hostile',
  'fast',
  'flapping',
  'fast',
  'slow',
  'flapping',
  'fast',
];

export interface ClientPlan {
  readonly seed: number;
  readonly clients: number;
  readonly live: readonly LiveEndpoint[];
  readonly context: SoakContext;
  readonly events: Pick<EventClientOptions, 'stored' | 'head' | 'publicationOf'>;
}

/** As many for each endpoint, and in the same proportions. */
export function makeClients({
  seed,
  clients,
  live,
  context,
  events,
}: ClientPlan): readonly SoakClient[] {
  const endpoints: readonly (LiveEndpoint | 'hathor events')[] = ['hathor events', ...live];
  return Array.from({ length: clients }, (_, index) => {
    const endpoint = endpoints[index % endpoints.length] ?? 'hathor events';
    const behaviour = TEN[Math.floor(index / endpoints.length) % TEN.length] ?? 'fast';
    const name: ClientName = {
      endpoint: endpoint === 'hathor events' ? endpoint : endpoint.name,
      behaviour,
      number: index + 1,
    };
    const random = seededRandom(seed, `client ${String(name.number)}`);
    if (endpoint === 'hathor events') return new EventClient({ name, context, random, ...events });
    return new LiveClient(name, endpoint, context, random);
  });
}
