import type { StateBlock } from './block.js';
import { bytesOf } from './bytes.js';
import { epochOfLink } from './epoch-link.js';

/** What a state block does. */
export type BlockSubtype = 'send' | 'receive' | 'change' | 'epoch';

/**
 * What a state block does (contract 6.1.5): `send` if the balance went down; else `change` if the link is zero; else `epoch` if it is
 * an epoch's; else `receive`.
 *
 * @param previousBalance in raw; 0 for an opening block.
 */
export function blockSubtype(
  block: Pick<StateBlock, 'balance' | 'link'>,
  previousBalance: bigint,
): BlockSubtype {
  if (block.balance < previousBalance) return 'send';
  const link = bytesOf(block.link, 32, 'link');
  if (link.every((byte) => byte === 0)) return 'change';
  return epochOfLink(link) === undefined ? 'receive' : 'epoch';
}
