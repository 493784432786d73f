import type { LoadClient, MessageTaker } from '../load-client.js';
import { mqtt } from './mqtt.protocol.js';
import { nats } from './nats.protocol.js';
import { plain } from './plain.protocol.js';
import { socketIo } from './socket-io.protocol.js';

/** What a client of a server under measurement has to say before it is told anything, and where messages are. */
export interface LoadProtocol {
  /** Of the upgrade request. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Makes the connection one that receives.
   *
   * @param greeting what the scenario wants to be sent; only `plain` has any.
   * @param take gets each message from then on.
   */
  begin(client: LoadClient, greeting: string | undefined, take: MessageTaker): Promise<void>;
}

const PROTOCOLS = { plain, 'socket.io': socketIo, nats, mqtt } satisfies Record<
  string,
  LoadProtocol
>;

export type LoadProtocolName = keyof typeof PROTOCOLS;

export const loadProtocol = (name: LoadProtocolName): LoadProtocol => PROTOCOLS[name];
