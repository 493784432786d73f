import { Phase0BeaconBlock } from 'micro-eth-signer/ssz.js';
import type { BeaconBlock, Hex } from '../objects/beacon-objects.js';
import { bytesOf, sszBody } from './ssz-values.js';

/**
 * SSZ hash tree root of an unsigned block of phase 0. Members of later forks do not count: the root of a later block is
 * known to whoever made it.
 *
 * @throws Error if the block does not fit SSZ, such as a list that is too long.
 */
export function blockRoot(block: BeaconBlock): Hex {
  const root = Phase0BeaconBlock.merkleRoot({
    slot: BigInt(block.slot),
    proposer_index: BigInt(block.proposer_index),
    parent_root: bytesOf(block.parent_root),
    state_root: bytesOf(block.state_root),
    body: sszBody(block.body),
  });
  return `0x${Buffer.from(root).toString('hex')}`;
}
