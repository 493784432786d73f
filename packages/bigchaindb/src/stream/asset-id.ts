import type { BigchaindbTransaction } from './committed-block.js';

/**
 * The asset that a transaction is about (contract 7): what its `asset` refers to, or else its own. The operation does
 * not count, and neither does an `id` in user data.
 */
export function assetIdOf({ id, asset }: BigchaindbTransaction): unknown {
  if (typeof asset !== 'object' || asset === null || !Object.hasOwn(asset, 'id')) return id;
  return asset.id === undefined ? id : asset.id;
}
