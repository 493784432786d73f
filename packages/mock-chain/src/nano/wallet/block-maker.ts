import type { Block, UnsignedBlock } from '@sluice/nano/wire';
import {
  blockHashBytes,
  generateWork,
  signHash,
  unsigned64,
  upperHex,
  workRoot,
} from '@sluice/nano/wire';

/** Signs a block and does its work. */
export function finishBlock(
  block: UnsignedBlock,
  secretKey: Uint8Array,
  workThreshold: bigint,
): Block {
  const signature = upperHex(signHash(blockHashBytes(block), secretKey), 64, 'signature');
  return { ...block, signature, work: doWork(workRoot(block), workThreshold) };
}

/**
 * Work for a root, searched from a value that follows from the root, so that it looks like anybody's.
 *
 * @throws RangeError if the threshold is beyond what a search finds.
 */
export function doWork(root: Uint8Array, workThreshold: bigint): bigint {
  const start = unsigned64(upperHex(root.subarray(0, 8), 8, 'root'), 'root');
  const work = generateWork(root, workThreshold, { start });
  if (work === undefined) throw new RangeError('workThreshold: no work found');
  return work;
}
