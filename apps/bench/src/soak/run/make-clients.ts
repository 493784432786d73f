import { EventClient, type EventClientOptions } from '../clients/event.client.js';
import { HostileClient } from '../clients/hostile.client.js';
import { LiveClient } from '../clients/live.client.js';
import type { Behaviour, ClientName, SoakClient, SoakContext } from '../clients/soak-client.js';
import { hathorEvents } from '../endpoints/hathor-events.endpoint.js';
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
export function makeClients(plan: ClientPlan): readonly SoakClient[] {
  const endpoints = [hathorEvents, ...plan.live];
  return Array.from({ length: plan.clients }, (_, index) => {
    const endpoint = endpoints[index % endpoints.length] ?? hathorEvents;
    const behaviour = TEN[Math.floor(index / endpoints.length) % TEN.length] ?? 'fast';
    return makeClient({ endpoint: endpoint.name, behaviour, number: index + 1 }, endpoint, plan);
  });
}

function makeClient(
  name: ClientName,
  endpoint: LiveEndpoint | typeof hathorEvents,
  { seed, context, events }: ClientPlan,
): SoakClient {
  const random = seededRandom(seed, `client ${String(name.number)}`);
  if (name.behaviour === 'hostile') return new HostileClient(name, endpoint, context, random);
  if ('stream' in endpoint) return new LiveClient(name, endpoint, context, random);
  return new EventClient({ name, context, random, ...events });
}
