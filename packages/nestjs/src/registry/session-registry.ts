import { Injectable } from '@nestjs/common';
import type { Session } from '@sluice/engine';
import { isSecure } from '../adapter/http-listeners.js';
import { boundPort } from '../adapter/listener-server.js';
import { EndpointRegistry, type RegisteredEndpoint } from '../endpoint/endpoint.registry.js';
import { sessionDetails, type SessionDetails } from './session-details.js';

/** One endpoint and who is connected to it. */
export interface EndpointStatus {
  /** As in metrics and logs: its first path, unless the gateway has a name. */
  readonly name: string;
  /** Class name of its gateway. */
  readonly gateway: string;
  readonly paths: readonly string[];
  /** TCP port it is reached at; undefined while the server does not listen. */
  readonly port: number | undefined;
  /** Whether that port speaks TLS itself; a proxy in front may do so for it. */
  readonly secure: boolean;
  /** Connections, handshakes under way included. */
  readonly connections: number;
  readonly sessions: readonly Session[];
  /** Number of sessions that are subscribed to each topic. */
  readonly topics: ReadonlyMap<string, number>;
}

/** Injectable: who is connected, and where. */
@Injectable()
export class SessionRegistry {
  constructor(private readonly registry: EndpointRegistry) {}

  /** Connections to all endpoints, handshakes under way included. */
  get connections(): number {
    return this.registry.connections.connections;
  }

  /** Connections by client address, as the module's limit counts them: without gateways that set their own. */
  get addresses(): ReadonlyMap<string, number> {
    return this.registry.connections.addresses;
  }

  /** A snapshot of all endpoints. */
  get endpoints(): readonly EndpointStatus[] {
    return this.registry.endpoints.map(status);
  }

  /** All sessions, endpoint by endpoint, read one at a time: not to be kept while the event loop turns. */
  *details(): IterableIterator<SessionDetails> {
    for (const endpoint of this.registry.endpoints) yield* sessionDetails(endpoint);
  }
}

function status({ endpoint, hub, listener, gate }: RegisteredEndpoint): EndpointStatus {
  return {
    name: endpoint.settings.name,
    gateway: endpoint.gateway,
    paths: endpoint.settings.patterns.map(({ path }) => path),
    port: boundPort(listener.server),
    secure: isSecure(listener),
    connections: gate.connections,
    sessions: [...endpoint.connections.values()].map(({ session }) => session),
    topics: new Map(hub.topics.map((topic) => [topic, hub.receivers(topic)])),
  };
}
