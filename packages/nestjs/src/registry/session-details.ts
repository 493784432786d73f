import type { Session, Subscription } from '@sluice/engine';
import type { RegisteredEndpoint } from '../endpoint/endpoint.registry.js';

/** One session at one moment, with what only its connection knows. */
export interface SessionDetails {
  readonly session: Session;
  /** First path of its endpoint, as in metrics and logs. */
  readonly endpoint: string;
  /** Class name of its gateway. */
  readonly gateway: string;
  /** When the connection was accepted, Unix milliseconds. */
  readonly openedAt: number;
  /** When the client was last heard, Unix milliseconds. */
  readonly heardAt: number;
  /** Commands that were received and wait for their turn. */
  readonly pendingCommands: number;
  /** In the order in which the endpoint's topics are declared; worked out when asked for. */
  readonly subscriptions: () => readonly Subscription[];
}

/** The sessions of an endpoint, oldest first. */
export function* sessionDetails({
  endpoint,
  hub,
}: RegisteredEndpoint): IterableIterator<SessionDetails> {
  for (const { session, openedAt, heardAt, pendingCommands } of endpoint.connections.values()) {
    const { clock } = session;
    yield {
      session,
      endpoint: endpoint.settings.name,
      gateway: endpoint.gateway,
      openedAt,
      heardAt: clock.now() - (clock.monotonic() - heardAt),
      pendingCommands,
      subscriptions: () =>
        hub.topics.flatMap((topic) => {
          const subscription = hub.find(session, topic);
          return subscription === undefined ? [] : [subscription];
        }),
    };
  }
}
