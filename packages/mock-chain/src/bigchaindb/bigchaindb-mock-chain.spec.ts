import { describe, expect, it } from '@jest/globals';
import {
  BigchaindbMockChain,
  NoAssetError,
  type MockBigchaindbBlock,
} from './bigchaindb-mock-chain.js';
import { BigchaindbTraffic } from './bigchaindb-traffic.js';
import { isFulfilled } from './ed25519-condition.js';
import { signedMessage, transactionId, type MockTransaction } from './transaction.js';

function traffic(
  seed: number,
  blocks: number,
  history?: number,
): {
  chain: BigchaindbMockChain;
  made: MockBigchaindbBlock[];
} {
  const chain = new BigchaindbMockChain({ seed, ...(history !== undefined && { history }) });
  const steps = new BigchaindbTraffic(chain, seed);
  return { chain, made: Array.from({ length: blocks }, () => steps.step()) };
}

describe('BigchaindbMockChain', () => {
  const { chain, made } = traffic(1, 60);
  const transactions = made.flatMap((block) => block.transactions);

  it('makes the same blocks of the same seed, and others of another', () => {
    expect(traffic(1, 60).made).toEqual(made);
    expect(traffic(2, 60).made).not.toEqual(made);
  });

  it('has blocks with several, one and no transactions, heights without gaps', () => {
    const counts = new Set(made.map((block) => Math.min(block.transactions.length, 2)));
    expect([...counts].sort()).toEqual([0, 1, 2]);
    expect(made.map(({ height }) => height)).toEqual(made.map((_, index) => index + 2));
    expect(new Set(made.map(({ hash }) => hash)).size).toBe(made.length);
  });

  it('gives every transaction the id that its content has', () => {
    expect(transactions.map(transactionId)).toEqual(transactions.map(({ id }) => id));
  });

  it('lets only owners hand assets on, each output once and never more than there is', () => {
    const byId = new Map(transactions.map((transaction) => [transaction.id, transaction]));
    const spent = new Set<string>();
    const transfers = transactions.filter(({ operation }) => operation === 'TRANSFER');
    expect(transfers.length).toBeGreaterThan(10);
    for (const transfer of transfers) {
      const [input] = transfer.inputs;
      const link = input?.fulfills;
      const from = byId.get(link?.transaction_id ?? '');
      const output = from?.outputs[link?.output_index ?? -1];
      const message = signedMessage(
        { ...transfer, inputs: transfer.inputs.map((each) => ({ ...each, fulfillment: null })) },
        link ?? null,
      );
      expect(isFulfilled(input?.fulfillment ?? '', message, output?.public_keys[0] ?? '')).toBe(
        true,
      );
      expect(transfer.outputs.map(({ amount }) => amount)).toEqual([output?.amount]);
      expect(spent.has(JSON.stringify(link))).toBe(false);
      spent.add(JSON.stringify(link));
      expect(assetOf(transfer)).toBe(from && assetOf(from));
    }
  });

  it('finds what it keeps, and forgets what is too old', () => {
    expect(transactions.every(({ id }) => chain.transaction(id)?.id === id)).toBe(true);
    const short = traffic(1, 60, 10);
    expect(short.chain.tip).toEqual(chain.tip);
    expect(short.chain.block(51)).toBeUndefined();
    expect(short.chain.block(52)).toEqual(chain.block(52));
    const old = made[0]?.transactions ?? [];
    expect(old.map(({ id }) => short.chain.transaction(id))).toEqual(old.map(() => undefined));
  });

  it('refuses to hand on what nobody has', () => {
    const empty = new BigchaindbMockChain({ seed: 1 });
    expect(() => empty.transfer()).toThrow(NoAssetError);
    const { id } = empty.create();
    expect(empty.transfer(id).asset).toEqual({ id });
    expect(() => empty.transfer('0'.repeat(64))).toThrow(NoAssetError);
  });
});

function assetOf({ id, asset }: MockTransaction): string {
  return 'id' in asset ? asset.id : id;
}
