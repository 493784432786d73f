/** What a node does not have: off unless asked for (contract 12). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { create, createFrame, idOf } from './support/blocks.js';
import { STREAM_PATH, TestNode } from './support/test-node.js';

let node: TestNode;

afterEach(() => node.stop());

const ALICE = '4K9sWUMFwTgaDGPfdynrbxWqWS6sWmKbZoTjxLtVUibD';
const BOB = '3yfQPHeWAa1MxTX9Zf9176QqcpcnWcanVZZbaHb8B3h9';

const transactions = [
  create(1, { outputs: [{ public_keys: [ALICE] }] }),
  create(2, { outputs: [{ public_keys: [BOB, ALICE] }] }),
  { id: idOf(3), operation: 'TRANSFER', asset: { id: idOf(1) }, outputs: [{ public_keys: [BOB] }] },
  { id: idOf(4), operation: 'TRANSFER', asset: { id: idOf(2) } },
];

describe('Filters', () => {
  it.each([
    ['', [1, 2, 3, 4]],
    [`?asset_id=${idOf(1)}`, [1, 3]],
    [`?asset_id=${idOf(1)}&asset_id=${idOf(2)}`, [1, 2, 3, 4]],
    [`?public_key=${ALICE}`, [1, 2]],
    [`?public_key=${ALICE}&public_key=${BOB}`, [1, 2, 3]],
    [`?asset_id=${idOf(1)}&public_key=${BOB}`, [3]],
    ['?operation=TRANSFER', [3, 4]],
    [`?operation=CREATE&public_key=${BOB}`, [2]],
    [`?asset_id=${idOf(9)}`, []],
    ['?token=1', [1, 2, 3, 4]],
  ])('the query %j selects transactions %j', async (query, expected) => {
    node = await TestNode.start({ filters: true });
    const client = await node.connect(STREAM_PATH + query);
    await node.commit({ height: 1, transactions });
    node.dispatcher.dispatch('end');
    const received = [];
    for await (const text of client) {
      if (text === 'end') break;
      received.push((JSON.parse(text) as { transaction_id: string }).transaction_id);
    }
    expect(received).toEqual(expected.map(idOf));
  });

  it('are ignored unless they are asked for', async () => {
    node = await TestNode.start();
    const client = await node.connect(`${STREAM_PATH}?asset_id=${idOf(9)}`);
    await node.commit({ height: 1, transactions });
    expect(await client.take(4)).toHaveLength(4);
  });
});

describe('The block stream', () => {
  it('says each block once and leaves the transaction stream as it is', async () => {
    node = await TestNode.start({ blockStream: true });
    const blocks = await node.connect('/api/v1/streams/valid_blocks', 'BlockStreamGateway');
    const client = await node.connect();
    await node.commit({ height: 1, transactions: [] });
    await node.commit({ height: 2, hash: 'ab', transactions: transactions.slice(0, 2) });
    expect(await blocks.next()).toBe(
      `{"height": 2, "hash": "ab", "transaction_ids": ["${idOf(1)}", "${idOf(2)}"]}`,
    );
    expect(await client.take(2)).toEqual([createFrame(2, 1), createFrame(2, 2)]);
    await blocks.expectSilence();
  });
});
