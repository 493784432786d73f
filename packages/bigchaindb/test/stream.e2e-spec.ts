/** What clients of the transaction stream receive (contract 6 to 8). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import type { BigchaindbTransaction, CommittedBlock } from '../src/index.js';
import { StreamEventType } from '../src/index.js';
import { block, create, createFrame, idOf, vector } from './support/blocks.js';
import { TestNode } from './support/test-node.js';

interface BlockVector {
  readonly title: string;
  readonly kind: string;
  readonly input: CommittedBlock;
  readonly frames: readonly string[];
}

interface BatchVector {
  readonly input: readonly {
    readonly height: number;
    readonly transaction_ids: readonly string[];
  }[];
  readonly frames_for_every_client: readonly string[];
}

let node: TestNode;

beforeEach(async () => {
  node = await TestNode.start();
});

afterEach(() => node.stop());

const blockVectors = readdirSync(new URL('vectors', import.meta.url))
  .map((file) => vector<BlockVector>(file.replace('.json', '')))
  .filter(({ kind }) => kind === 'block-to-frames');

describe('The transaction stream', () => {
  it.each(blockVectors)('$title', async ({ input, frames }) => {
    const client = await node.connect();
    await node.commit(input);
    expect(await client.take(frames.length)).toEqual(frames);
    await client.expectSilence();
  });

  it('bigchaindb §15.9 a CREATE is one frame with its own id as asset', async () => {
    const client = await node.connect();
    await node.commit(block(7, 1));
    expect(await client.nextJson()).toEqual({
      height: 7,
      asset_id: idOf(1),
      transaction_id: idOf(1),
    });
  });

  it('bigchaindb §15.10 a CREATE and a TRANSFER of it have the same asset', async () => {
    const client = await node.connect();
    const transfer = { id: idOf(2), operation: 'TRANSFER', asset: { id: idOf(1) } };
    await node.commit({ height: 1, transactions: [create(1), transfer] });
    expect(await client.takeJson(2)).toMatchObject([
      { asset_id: idOf(1), transaction_id: idOf(1) },
      { asset_id: idOf(1), transaction_id: idOf(2) },
    ]);
  });

  it('bigchaindb §15.11 frames come in block order', async () => {
    const client = await node.connect();
    await node.commit(block(3, 9, 2, 7, 4));
    expect(await client.take(4)).toEqual([9, 2, 7, 4].map((n) => createFrame(3, n)));
  });

  it('bigchaindb §15.12 the frames of one block come before those of the next', async () => {
    const { input, frames_for_every_client } = vector<BatchVector>('batch-order');
    const clients = [await node.connect(), await node.connect()];
    for (const { height, transaction_ids } of input) {
      void node.commit({
        height,
        transactions: transaction_ids.map((id) => ({ id, asset: { data: null } })),
      });
    }
    for (const client of clients) {
      expect(await client.take(frames_for_every_client.length)).toEqual(frames_for_every_client);
    }
  });

  it('bigchaindb §15.13 a block without transactions is no frame', async () => {
    const client = await node.connect();
    await node.commit(block(1));
    await client.expectSilence();
    await node.commit(block(2, 1));
    expect(await client.next()).toBe(createFrame(2, 1));
  });

  it('bigchaindb §15.14 texts reach clients as they are, in order', async () => {
    const client = await node.connect();
    for (const item of ['hack', 'the', 'planet!']) node.dispatcher.dispatch(item);
    expect(await client.take(3)).toEqual(['hack', 'the', 'planet!']);
  });

  it('ignores blocks that are not valid, and stops for good at a poison pill', async () => {
    const client = await node.connect();
    node.dispatcher.dispatch({ type: StreamEventType.BLOCK_INVALID, data: block(3, 1) });
    for (const item of ['one', 'POISON_PILL', 'two']) node.dispatcher.dispatch(item);
    await node.commit(block(4, 1));
    expect(await client.next()).toBe('one');
    await client.expectSilence();
  });

  it('bigchaindb §15.15 what is bridged from the bus keeps its order, and nothing is left over', async () => {
    const client = await node.connect();
    const heights = Array.from({ length: 500 }, (_, height) => height);
    await Promise.all(heights.map((height) => node.commit(block(height, height))));
    expect(await client.take(500)).toEqual(heights.map((height) => createFrame(height, height)));
    await client.expectSilence();
  });

  it('bigchaindb §15.19 three clients receive the same frames in the same order', async () => {
    const clients = await Promise.all([node.connect(), node.connect(), node.connect()]);
    await node.commit(block(1, 3, 1, 2));
    for (const client of clients) {
      expect(await client.take(3)).toEqual([3, 1, 2].map((n) => createFrame(1, n)));
    }
  });

  it('bigchaindb §15.23 ten transactions that are committed one by one all arrive', async () => {
    const client = await node.connect();
    const ids = Array.from({ length: 10 }, (_, n) => n);
    for (const n of ids) await node.commit(block(n + 1, n));
    const received = await client.takeJson<{ transaction_id: string }>(10);
    expect(received.map(({ transaction_id }) => transaction_id)).toEqual(ids.map(idOf));
  });

  it('bigchaindb §15.24 an event comes no earlier than it is published, which is after it is stored', async () => {
    const stored = new Set<string>();
    const client = await node.connect();
    const found = client.nextJson().then((event) => {
      return stored.has((event as { transaction_id: string }).transaction_id);
    });
    stored.add(idOf(5));
    await node.commit(block(1, 5));
    expect(await found).toBe(true);
  });

  it('bigchaindb §15.25 an election is streamed with its own id, and the stream goes on', async () => {
    const client = await node.connect();
    const election = create(1, { operation: 'VALIDATOR_ELECTION', asset: { data: { power: 8 } } });
    await node.commit({ height: 57, transactions: [election] });
    await node.commit(block(58, 2));
    expect(await client.take(2)).toEqual([createFrame(57, 1), createFrame(58, 2)]);
  });

  it('writes heights beyond 2^53 with all digits, and nothing but ASCII', async () => {
    const client = await node.connect();
    const odd = { id: 'ä"\u2028', asset: { id: [1, { b: null }] } };
    await node.commit({ height: 2n ** 63n - 1n, transactions: [odd] });
    expect(await client.next()).toBe(
      '{"height": 9223372036854775807, "asset_id": [1, {"b": null}], "transaction_id": "\\u00e4\\"\\u2028"}',
    );
  });

  it.each<[unknown, string]>([
    [undefined, 'own'],
    [null, 'own'],
    [{}, 'own'],
    [{ id: undefined }, 'own'],
    [{ data: { id: 'x' } }, 'own'],
    [['id'], 'own'],
    ['id', 'own'],
    [7, 'own'],
    [Object.create({ id: 'inherited' }), 'own'],
    [{ id: null }, 'null'],
    [{ id: '' }, '""'],
    [{ id: 'x', data: { id: 'y' } }, '"x"'],
    [{ id: 2n ** 64n }, '18446744073709551616'],
  ])('bigchaindb §7 of the asset %p the id is %s', async (asset, assetId) => {
    const client = await node.connect();
    const odd = { id: idOf(1), asset, metadata: { id: 'z' } } as BigchaindbTransaction;
    await node.commit({ height: 1, transactions: [odd] });
    const expected = assetId === 'own' ? `"${idOf(1)}"` : assetId;
    expect(await client.next()).toBe(
      `{"height": 1, "asset_id": ${expected}, "transaction_id": "${idOf(1)}"}`,
    );
  });

  it.each<[string, object | null]>([
    ['contains itself', cyclic()],
    ['is null', null],
    ['has no id', { asset: { data: null } }],
    ['cannot be read', { id: idOf(2), asset: unreadable() }],
  ])('bigchaindb §10 a transaction that %s costs the others nothing', async (_, odd) => {
    const client = await node.connect();
    const transactions = [create(1), odd as BigchaindbTransaction, create(3)];
    await node.commit({ height: 1, transactions });
    expect(await client.take(2)).toEqual([createFrame(1, 1), createFrame(1, 3)]);
  });

  it('bigchaindb §10 what is no block costs the blocks behind it nothing', async () => {
    const client = await node.connect();
    for (const odd of [null, {}, { height: 1, transactions: 7 }]) {
      await node.commit(odd as unknown as CommittedBlock);
    }
    await node.commit(block(2, 1));
    expect(await client.next()).toBe(createFrame(2, 1));
  });

  it('does not look at outputs unless somebody filters', async () => {
    const client = await node.connect();
    await node.commit({ height: 1, transactions: [create(1, { outputs: 7 as never })] });
    expect(await client.next()).toBe(createFrame(1, 1));
  });
});

function cyclic(): object {
  const asset: { id?: unknown } = {};
  asset.id = asset;
  return { id: idOf(2), asset };
}

function unreadable(): object {
  return Object.defineProperty({}, 'id', {
    get: () => {
      throw new Error('gone');
    },
  });
}
