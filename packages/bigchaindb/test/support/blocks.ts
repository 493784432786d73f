import { readFileSync } from 'node:fs';
import type { BigchaindbTransaction, CommittedBlock } from '../../src/index.js';

/** An id made of a number. */
export function idOf(n: number): string {
  return n.toString(16).padStart(64, '0');
}

export function create(
  n: number,
  members: Partial<BigchaindbTransaction> = {},
): BigchaindbTransaction {
  return { id: idOf(n), operation: 'CREATE', asset: { data: null }, ...members };
}

export function block(height: number, ...ids: readonly number[]): CommittedBlock {
  return { height, transactions: ids.map((n) => create(n)) };
}

/** Text of the message that a CREATE of {@link create} brings. */
export function createFrame(height: number, n: number): string {
  return `{"height": ${String(height)}, "asset_id": "${idOf(n)}", "transaction_id": "${idOf(n)}"}`;
}

export function vector<T>(name: string): T {
  const file = new URL(`../vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
