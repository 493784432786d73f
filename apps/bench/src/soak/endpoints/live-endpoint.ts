import type { Publication, StreamName } from '../ledger/publication.js';
import type { Random } from '../run/seeded-random.js';
import type { SoakUrls } from '../server/soak-server.js';

/** What one client asks of a live endpoint, and what it has to get for it. */
export interface Visit {
  /** Sent once connected. */
  readonly requests: readonly string[];
  /** How many answers there will be before everything is subscribed; 0: it is from the start. */
  readonly answers: number;
  readonly wants: (publication: Publication) => boolean;
  /** What a message tells of; `answer` if it is one, `other` if it is not judged. */
  readonly read: (text: string) => { readonly key: string } | 'answer' | 'other';
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
