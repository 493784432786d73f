import { bytesOf } from './bytes.js';
import type { Bytes32 } from './bytes.js';

/** The epochs of the network. */
export type Epoch = 1 | 2;

const SIZE = 32;
const EPOCHS: readonly Epoch[] = [1, 2];

/** The link of an epoch's blocks: ASCII text, zero-padded to 32 bytes (contract 7.3). */
export function epochLink(epoch: Epoch): Uint8Array {
  const link = new Uint8Array(SIZE);
  link.set(new TextEncoder().encode(`epoch v${epoch} block`));
  return link;
}

const links = EPOCHS.map((epoch) => ({ epoch, link: epochLink(epoch) }));

/** The epoch whose link this is, if it is one. */
export function epochOfLink(link: Bytes32): Epoch | undefined {
  const bytes = bytesOf(link, SIZE, 'link');
  return links.find((known) => known.link.every((byte, i) => byte === bytes[i]))?.epoch;
}
