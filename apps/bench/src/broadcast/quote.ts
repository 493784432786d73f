import type { StampPlaces } from '../load/load-audience.js';
import type { Stamp } from '../server/measured-server.js';

/** What every server sends to everybody. */
export interface Quote extends Stamp {
  readonly symbol: string;
  readonly note: string;
}

export interface BroadcastParameters {
  /** Bytes of a message, about. */
  readonly bytes: number;
}

export const QUOTE_STAMP: StampPlaces = { sequence: '"sequence":', at: '"at":' };

const FRAME_OF_A_QUOTE = 100;

/** @returns a function that makes quotes of about that size. */
export function quoteMaker({ bytes }: BroadcastParameters): (stamp: Stamp) => Quote {
  const note = 'x'.repeat(Math.max(0, bytes - FRAME_OF_A_QUOTE));
  return ({ sequence, at }) => ({ sequence, at, symbol: 'HTR', note });
}

/** The message of the peers; `@sluice/nestjs` makes the same from its topic method. */
export const quoteMessage = (quote: Quote): object => ({ topic: 'quote', message: quote });

/** @returns a function that makes the text of such a message. */
export function quoteWriter(parameters: BroadcastParameters): (stamp: Stamp) => string {
  const quote = quoteMaker(parameters);
  return (stamp) => JSON.stringify(quoteMessage(quote(stamp)));
}
