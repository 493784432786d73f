import type { LoadClient } from '../../load/load-client.js';
import type { Fault } from '../ledger/fault.js';
import type { Publication, StreamName } from '../ledger/publication.js';
import type { Tape } from '../ledger/tape.js';
import type { SoakUrls } from '../server/soak-server.js';

/** How a client behaves. */
export const BEHAVIOURS = ['fast', 'slow', 'flapping', 'hostile'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

/** Who is meant in a report. */
export interface ClientName {
  readonly endpoint: string;
  readonly behaviour: Behaviour;
  /** Counted from 1; with the seed it is always the same client. */
  readonly number: number;
}

/** What a client counts. */
export interface ClientCounts {
  connections: number;
  messages: number;
  /** Connections that the server has ended by its own will. */
  ended: number;
}

/** What every client is given. */
export interface SoakContext {
  readonly urls: SoakUrls;
  readonly tapes: Readonly<Record<StreamName, Tape>>;
  /** Hears of everything that is wrong. */
  readonly accuse: (client: ClientName, fault: Fault) => void;
  /** Hears of what came to a client that reads all the time, and when: microseconds of the monotonic clock. */
  readonly delivered: (client: ClientName, publication: Publication, receivedAt: number) => void;
}

/** The two ends of a soak. */
export interface SoakPhases {
  /** Nothing is published any more: everybody reads what is left. */
  readonly calm: AbortSignal;
  /** Everything is judged: everybody leaves. */
  readonly over: AbortSignal;
}

/** A client, or one after the other in its place. */
export interface SoakClient {
  readonly name: ClientName;
  readonly counts: ClientCounts;
  /** Resolves when the client has left for good. */
  run(phases: SoakPhases): Promise<void>;
  /** Judges what has come. @param knownTo until when everything that was published is known. */
  settle(knownTo: number): void;
  /** What it should have by now; asked when nothing is published any more. */
  missing(): Fault | undefined;
}

/** Resolves when a connection has ended and it was not this client that ended it. */
export function lossOf(socket: LoadClient): Promise<'lost'> {
  return new Promise((resolve) => {
    socket.onLost = () => {
      resolve('lost');
    };
  });
}
