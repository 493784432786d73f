import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import type { BasaltHeader } from './basalt-block.js';

/**
 * A header as it is hashed: number (u64), parent hash, state root, transactions root (32 bytes each), timestamp (i64),
 * proposer (20 bytes), chain id (u32), gas used, gas limit, base fee (u64 each); integers little-endian.
 */
export function basaltHeaderBytes(header: BasaltHeader): Uint8Array {
  return concatBytes(
    u64(header.number),
    bytes(header.parentHash),
    bytes(header.stateRoot),
    bytes(header.transactionsRoot),
    u64(header.timestamp),
    bytes(header.proposer),
    u64(header.chainId).subarray(0, 4),
    u64(header.gasUsed),
    u64(header.gasLimit),
    u64(header.baseFee),
  );
}

function bytes(hex: `0x${string}`): Uint8Array {
  return hexToBytes(hex.slice(2));
}

function u64(value: number | string): Uint8Array {
  const buffer = new DataView(new ArrayBuffer(8));
  buffer.setBigUint64(0, BigInt(value), true);
  return new Uint8Array(buffer.buffer);
}
