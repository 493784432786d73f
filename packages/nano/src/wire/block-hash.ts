import { blake2b } from '@noble/hashes/blake2.js';
import { accountKey } from './account.js';
import { amountBytes } from './amount.js';
import type { UnsignedBlock } from './block.js';
import { bytesOf, upperHex } from './bytes.js';
import type { Bytes32 } from './bytes.js';
import { WireError } from './wire-error.js';

const HASH_SIZE = 32;

/** What sets the hash of a state block apart from legacy ones: its type's number in 32 bytes. */
const STATE_PREAMBLE: Uint8Array = new Uint8Array(HASH_SIZE).fill(6, HASH_SIZE - 1);

/**
 * The hash of a block, 32 bytes (contract 7.3). Signature and work are not part of it.
 *
 * @throws WireError naming the member that is no such value.
 */
export function blockHashBytes(block: UnsignedBlock): Uint8Array {
  const digest = blake2b.create({ dkLen: HASH_SIZE });
  for (const part of hashedParts(block)) digest.update(part);
  return digest.digest();
}

/** {@link blockHashBytes} as the wire writes it. */
export function blockHash(block: UnsignedBlock): string {
  return upperHex(blockHashBytes(block), HASH_SIZE, 'hash');
}

function hashedParts(block: UnsignedBlock): readonly Uint8Array[] {
  switch (block.type) {
    case 'state':
      return [
        STATE_PREAMBLE,
        accountKey(block.account),
        hash(block.previous, 'previous'),
        accountKey(block.representative, 'representative'),
        amountBytes(block.balance, 'balance'),
        hash(block.link, 'link'),
      ];
    case 'send':
      return [
        hash(block.previous, 'previous'),
        accountKey(block.destination, 'destination'),
        amountBytes(block.balance, 'balance'),
      ];
    case 'receive':
      return [hash(block.previous, 'previous'), hash(block.source, 'source')];
    case 'open':
      return [
        hash(block.source, 'source'),
        accountKey(block.representative, 'representative'),
        accountKey(block.account),
      ];
    case 'change':
      return [hash(block.previous, 'previous'), accountKey(block.representative, 'representative')];
    default: {
      const { type } = block as { type?: unknown };
      throw new WireError('UNKNOWN_TYPE', 'type', `${JSON.stringify(type)} is no block type`);
    }
  }
}

function hash(value: Bytes32, field: string): Uint8Array {
  return bytesOf(value, HASH_SIZE, field);
}
