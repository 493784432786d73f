import { parseJson } from '@sluice/engine';
import type { BlockPlace } from '@sluice/relay';
import type { BasaltBlock } from '../blocks/basalt-block.js';
import { blockFaults } from '../blocks/block-check.js';
import type { BlockMessageType } from '../blocks/block-message.js';

/** A message of a block stream. */
export interface BlockMessage {
  readonly type: BlockMessageType;
  readonly block: BasaltBlock;
}

/** Takes a block out of JSON; undefined if it is none. Members nobody knows are left behind. */
export function readBlock(value: unknown): BasaltBlock | undefined {
  if (blockFaults(value).length > 0) return undefined;
  const block = value as BasaltBlock;
  const { number, timestamp, gasUsed, gasLimit, transactionCount, baseFee } = block;
  return {
    number,
    hash: block.hash.toLowerCase(),
    parentHash: block.parentHash.toLowerCase(),
    stateRoot: block.stateRoot.toLowerCase(),
    timestamp,
    proposer: block.proposer.toLowerCase(),
    gasUsed,
    gasLimit,
    transactionCount,
    ...(baseFee !== undefined && { baseFee }),
  };
}

/** Reads a message of a stream; undefined if it is none that we know. */
export function readMessage(text: string): BlockMessage | undefined {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    return undefined;
  }
  const { type, block } = (value ?? {}) as Record<string, unknown>;
  if (type !== 'current_block' && type !== 'new_block') return undefined;
  const read = readBlock(block);
  return read && { type, block: read };
}

/** Where a block stands in the chain. */
export function blockPlace({ number, hash, parentHash }: BasaltBlock): BlockPlace {
  return { height: BigInt(number), hash, parent: parentHash };
}
