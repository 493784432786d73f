import type { AcmeBlock } from '../acme-block.js';

/** The `block` message (PROTOCOL.md 3). */
export function blockMessage({ height, hash }: AcmeBlock): object {
  return { type: 'block', height, hash };
}
