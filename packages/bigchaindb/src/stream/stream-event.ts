import type { CommittedBlock } from './committed-block.js';

/** Types of events inside a node: bits, which a subscriber adds up (contract 9). */
export const StreamEventType = {
  BLOCK_VALID: 1,
  BLOCK_INVALID: 2,
  /** Every bit: types to come included. */
  ALL: ~0,
} as const;

/** Something that happened to a block. */
export interface StreamEvent {
  /** One bit of {@link StreamEventType}. */
  readonly type: number;
  readonly data: CommittedBlock;
}

/** Ends whoever takes it off a queue. No client can send it. */
export const POISON_PILL = 'POISON_PILL';
