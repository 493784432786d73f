import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { isFulfilled, ed25519Condition } from './ed25519-condition.js';
import { signedMessage, transactionId, type MockTransaction } from './transaction.js';

const VECTOR = new URL(
  '../../test/vectors/bigchaindb/block-create-and-transfer.json',
  import.meta.url,
);

/** Transactions of the node's own documentation. */
const published = (
  JSON.parse(readFileSync(VECTOR, 'utf8')) as { input: { transactions: MockTransaction[] } }
).input.transactions;

describe('Transactions of a real node', () => {
  it.each(published.map((transaction) => [transaction.operation, transaction] as const))(
    'a %s has the id, conditions and signatures that are computed here',
    (_, transaction) => {
      expect(transactionId(transaction)).toBe(transaction.id);
      for (const { condition, public_keys } of transaction.outputs) {
        expect(public_keys.map(ed25519Condition)).toEqual([condition]);
      }
      for (const { fulfillment, fulfills, owners_before } of transaction.inputs) {
        const inputs = transaction.inputs.map((input) => ({ ...input, fulfillment: null }));
        const message = signedMessage({ ...transaction, inputs }, fulfills);
        expect(isFulfilled(fulfillment, message, owners_before[0] ?? '')).toBe(true);
      }
    },
  );
});
