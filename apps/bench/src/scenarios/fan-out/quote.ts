import type { StampPlaces } from '../../load/arrivals.js';
import type { Stamp } from '../../server/measured-server.js';

/** What every server of the scenario sends. */
export interface Quote extends Stamp {
  readonly symbol: string;
  readonly note: string;
}

export interface FanOutParameters {
  /** Bytes of a message, about. */
  readonly bytes: number;
}

export const QUOTE_STAMP: StampPlaces = { sequence: '"sequence":', at: '"at":' };

const FRAME_OF_A_QUOTE = 100;

/** @returns a function that makes quotes of about that size. */
export function quoteMaker({ bytes }: FanOutParameters): (stamp: Stamp) => Quote {
  const note = 'x'.repeat(Math.max(0, bytes - FRAME_OF_A_QUOTE));
  return ({ sequence, at }) => ({ sequence, at, symbol: 'HTR', note });
}

/** The message of the peers; `@sluice/nestjs` makes the same from its topic method. */
export const quoteMessage = (quote: Quote): object => ({ topic: 'quote', message: quote });
