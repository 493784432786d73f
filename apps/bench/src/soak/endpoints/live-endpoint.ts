import type { Publication, StreamName } from '../ledger/publication.js';
import type { Random } from '../run/seeded-random.js';
import type { SoakUrls } from '../server/soak-server.js';

/** A message: of a publication, an answer, or something that is not judged. */
export type ReadMessage =
  | {
      readonly key: string;
      /** Whether it is right, too, if it was published before the client came. */
      readonly mayBeOld?: boolean;
    }
  | 'answer'
  | 'other';

/** What one client asks of a live endpoint, and what it has to get for it. */
export interface Visit {
  /** Sent once connected. */
  readonly requests: readonly string[];
  /** How many answers there will be before everything is subscribed; 0: it is from the start. */
  readonly answers: number;
  readonly wants: (publication: Publication) => boolean;
  readonly read: (text: string) => ReadMessage;
}

/** A socket that tells what happens while a client is connected, and nothing of what was before. */
export interface LiveEndpoint {
  readonly name: string;
  readonly stream: StreamName;
  url(urls: SoakUrls): string;
  /** Messages that the endpoint understands, or gets at least. */
  readonly examples: readonly unknown[];
  visit(random: Random): Visit;
}
