import type { Block, UnsignedBlock } from '@sluice/nano/wire';
import { blockHashBytes, generateWork, signHash, upperHex, workRoot } from '@sluice/nano/wire';

/** Signs a block and does its work. */
export function finishBlock(
  block: UnsignedBlock,
  secretKey: Uint8Array,
  workThreshold: bigint,
): Block {
  const signature = upperHex(signHash(blockHashBytes(block), secretKey), 64, 'signature');
  return { ...block, signature, work: doWork(workRoot(block), workThreshold) };
}

/** @throws RangeError if the threshold is beyond what a search finds. */
export function doWork(root: Uint8Array, workThreshold: bigint): bigint {
  const work = generateWork(root, workThreshold);
  if (work === undefined) throw new RangeError('workThreshold: no work found');
  return work;
}
