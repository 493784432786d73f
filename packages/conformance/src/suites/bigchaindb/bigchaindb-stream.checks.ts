import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectThat } from '../../judging/expect.js';
import { arrived, expectNoGreeting, expectSilence } from '../settled.js';
import { expectNodeText, framesOf, nextFrame, readFrame } from './bigchaindb-frame.js';

const HELLO = 'conformance \\ "hello" ✓';

/** Contract 4 and 6 to 9: what is sent when. */
export const streamChecks: readonly ConformanceCheck[] = [
  {
    ref: 'bigchaindb §15.6',
    title: 'sends nothing on connection',
    run: expectNoGreeting,
  },
  {
    ref: 'bigchaindb §6',
    title: 'sends exactly height, asset_id and transaction_id',
    needs: ['activity'],
    async run(context) {
      readFrame(await nextFrame(context, await context.connect()));
    },
  },
  {
    ref: 'bigchaindb §6',
    title: 'writes them in the node’s order and spacing',
    needs: ['activity'],
    async run(context) {
      expectNodeText(await nextFrame(context, await context.connect()));
    },
  },
  {
    ref: 'bigchaindb §15.9',
    title: 'sends one frame for a CREATE, which is its own asset',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      const { state, frames } = await framesOf(context, client, { create: 1 });
      const [id = ''] = state.transactions;
      expectSame(frames, [{ height: state.height, asset_id: id, transaction_id: id }], 'frames');
      await expectSilence(client, 'after the only frame of the block');
    },
  },
  {
    ref: 'bigchaindb §15.10',
    title: 'sends a TRANSFER with the id of the asset that it transfers',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      const created = await framesOf(context, client, { create: 1 });
      const asset = created.state.transactions[0] ?? '';
      const { state, frames } = await framesOf(context, client, { transfer: 1, asset });
      const [id = ''] = state.transactions;
      expectThat(id !== asset, 'a transfer with an id of its own', id);
      expectSame(frames, [{ height: state.height, asset_id: asset, transaction_id: id }], 'frames');
    },
  },
  {
    ref: 'bigchaindb §15.11',
    title: 'sends the transactions of a block in block order, all with its height',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      const { state, frames } = await framesOf(context, client, { create: 3, transfer: 2 });
      expectSame(
        frames.map((frame) => frame.transaction_id),
        state.transactions,
        'transaction ids',
      );
      expectSame([...new Set(frames.map(({ height }) => height))], [state.height], 'heights');
    },
  },
  {
    ref: 'bigchaindb §15.12',
    title: 'sends all frames of a block before those of the next',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      await client.ping();
      await context.drive('block', { create: 3 });
      await context.drive('block', { create: 3 });
      const heights = (await client.take(6)).map((message) => BigInt(readFrame(message).height));
      const [first = 0n] = heights;
      const next = first + 1n;
      expectSame(heights, [first, first, first, next, next, next], 'heights of two blocks');
    },
  },
  {
    ref: 'bigchaindb §15.13',
    title: 'sends nothing for a block without transactions',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      const before = await framesOf(context, client, { create: 1 });
      await context.drive('block', {});
      await expectSilence(client, 'after an empty block');
      const after = await framesOf(context, client, { create: 1 });
      expectSame(after.frames[0]?.height, before.state.height + 2, 'height after an empty block');
    },
  },
  {
    ref: 'bigchaindb §15.14',
    title: 'passes a text of the event source on unchanged',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      await client.ping();
      await context.drive('text', { text: HELLO });
      expectSame(await client.next(), HELLO, 'text');
    },
  },
  {
    ref: 'bigchaindb §15.19',
    title: 'sends every client the same frames in the same order',
    needs: ['driver'],
    async run(context) {
      const clients = await context.connectMany(3);
      await Promise.all(clients.map((client) => client.ping()));
      await context.drive('block', { create: 4, transfer: 1 });
      const [first, ...others] = await Promise.all(clients.map((client) => client.take(5)));
      for (const other of others) expectSame(other, first, 'frames of another client');
    },
  },
  {
    ref: 'bigchaindb §15.20',
    title: 'drops what clients send unanswered, and goes on',
    needs: ['activity'],
    async run(context) {
      const client = await context.connect();
      for (const text of ['ping', 'POISON_PILL', '{"action":"subscribe"}', 'x'.repeat(100_000)]) {
        client.send(text);
      }
      client.send(Buffer.from([0, 255]));
      for (const message of await arrived(client)) readFrame(message);
      readFrame(await nextFrame(context, client));
    },
  },
  {
    ref: 'bigchaindb §15.23',
    title: 'sends all of ten transactions',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      const { state, frames } = await framesOf(context, client, { create: 10 });
      const ids = new Set(frames.map((frame) => frame.transaction_id));
      expectSame([...ids].sort(), [...state.transactions].sort(), 'transaction ids');
    },
  },
  {
    ref: 'bigchaindb §15.25',
    title: 'sends an election with its own id and goes on',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      const { state, frames } = await framesOf(context, client, { elect: 1, create: 1 });
      expectSame(
        frames.map((frame) => [frame.asset_id, frame.transaction_id]),
        state.transactions.map((id) => [id, id]),
        'asset and transaction ids',
      );
    },
  },
];
