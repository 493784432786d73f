import type { BasaltBlock } from '@sluice/basalt';
import type { StampPlaces } from '../../load/load-audience.js';
import type { Stamp } from '../../server/measured-server.js';

const hash = (digit: string): string => `0x${digit.repeat(64)}`;

/** A block whose number and time are those of an event. */
export function block({ sequence, at }: Stamp): BasaltBlock {
  return {
    number: sequence,
    hash: hash('a'),
    parentHash: hash('b'),
    stateRoot: hash('c'),
    timestamp: at,
    proposer: `0x${'d'.repeat(40)}`,
    gasUsed: 21_000,
    gasLimit: 30_000_000,
    transactionCount: 1,
  };
}

export const BLOCK_STAMP: StampPlaces = { sequence: '"number":', at: '"timestamp":' };
