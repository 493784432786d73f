import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectThat } from '../../judging/expect.js';
import { arrived, expectNoGreeting, expectSilence } from '../settled.js';
import { awaitEvent, isEvent, readEvent, upToHead, type BeaconMessage } from './beacon-message.js';

const names = (messages: readonly BeaconMessage[]): string[] => messages.map(({ event }) => event);

/** Contract 3, 8 and 10: what is sent when. */
export const streamChecks: readonly ConformanceCheck[] = [
  {
    ref: 'lighthouse §16.11',
    title: 'sends nothing on connection',
    run: expectNoGreeting,
  },
  {
    ref: 'lighthouse §16.12',
    title: 'drops text, binary and malformed JSON unanswered, and goes on',
    needs: ['activity'],
    async run(context) {
      const client = await context.connect();
      for (const text of ['{"subscribe":"head"}', '{"event":', 'x'.repeat(100_000)]) {
        client.send(text);
      }
      client.send(Buffer.from([0, 255]));
      for (const message of await arrived(client)) readEvent(context, message);
      readEvent(context, await awaitEvent(context, client, 'beacon_head_changed', 'slot'));
    },
  },
  {
    ref: 'lighthouse §16.15',
    title: 'sends every client the same texts, each once',
    needs: ['activity'],
    async run(context) {
      const clients = await context.connectMany(3);
      await Promise.all(clients.map((client) => client.ping()));
      await context.nudge('slot');
      const isHead = isEvent('beacon_head_changed');
      const taken = await context.activity('beacon_head_changed', (options) =>
        Promise.all(clients.map((client) => client.until(isHead, options))),
      );
      const [first = []] = taken;
      expectSame(new Set(first).size, first.length, 'number of different texts');
      const heads = taken.map((texts) => texts.at(-1));
      expectSame(heads, [heads[0], heads[0], heads[0]], 'head events of three clients');
    },
  },
  {
    ref: 'lighthouse §16.16',
    title: 'goes on when another client leaves',
    needs: ['activity'],
    async run(context) {
      const [leaving, staying] = await context.connectMany(2);
      if (leaving === undefined || staying === undefined) return;
      leaving.terminate();
      readEvent(context, await awaitEvent(context, staying, 'beacon_head_changed', 'slot'));
    },
  },
  {
    ref: 'lighthouse §16.17',
    title: 'names the block and the head it replaces when the head moves to a child',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      const before = (await upToHead(context, client, 'slot')).at(-1)?.data;
      const moved = await upToHead(context, client, 'slot');
      const imported = moved.find(({ event }) => event === 'beacon_block_imported')?.data;
      const parent = before?.current_head_beacon_block_root;
      expectSame(imported?.block?.message.parent_root, parent, 'parent_root of the block');
      expectSame(
        moved.at(-1)?.data,
        {
          reorg: false,
          current_head_beacon_block_root: imported?.block_root,
          previous_head_beacon_block_root: parent,
        },
        'head event',
      );
    },
  },
  {
    ref: 'lighthouse §16.18',
    title: 'sends no head event when the head stays',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      const before = (await upToHead(context, client, 'slot')).at(-1)?.data;
      const parent = before?.previous_head_beacon_block_root;
      await context.drive('slot', { parent, votes: 0 });
      const late = (await arrived(client)).map((message) => readEvent(context, message));
      expectSame(names(late), ['beacon_block_imported'], 'events of a block that comes too late');
    },
  },
  {
    ref: 'lighthouse §8',
    title: 'marks a head that does not descend from the one before',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      await upToHead(context, client, 'slot', { slots: 1 });
      const before = (await upToHead(context, client, 'slot')).at(-1)?.data;
      const after = (await upToHead(context, client, 'reorg', { depth: 2 })).at(-1)?.data;
      const { current_head_beacon_block_root: current } = before ?? {};
      expectSame(after?.reorg, true, 'reorg');
      expectSame(after?.previous_head_beacon_block_root, current, 'previous head');
    },
  },
  {
    ref: 'lighthouse §16.23',
    title: 'sends import, finalization and head of one block in this order',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      await client.ping();
      await context.drive('finalise');
      const isFinal = isEvent('beacon_finalization');
      const taken = [...(await client.until(isFinal)), ...(await client.take(1))].slice(-3);
      expectSame(
        names(taken.map((message) => readEvent(context, message))),
        ['beacon_block_imported', 'beacon_finalization', 'beacon_head_changed'],
        'the last events',
      );
    },
  },
  {
    ref: 'lighthouse §16.24',
    title: 'imports the blocks of a batch in chain order and then moves the head once',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      const taken = await upToHead(context, client, 'batch', { blocks: 3 });
      const events = taken.filter(({ event }) => event !== 'beacon_finalization');
      const imported = 'beacon_block_imported';
      expectSame(names(events), [imported, imported, imported, 'beacon_head_changed'], 'events');
      for (const [index, { data }] of events.slice(1, 3).entries()) {
        const parent = events[index]?.data.block_root;
        expectSame(data.block?.message.parent_root, parent, 'parent_root in the batch');
      }
      const { block_root: last } = events[2]?.data ?? {};
      expectSame(events[3]?.data.current_head_beacon_block_root, last, 'the head');
      await expectSilence(client, 'after the batch');
    },
  },
  {
    ref: 'lighthouse §8',
    title: 'announces a finalization of a later epoch each time',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      const epochs: number[] = [];
      for (let time = 0; time < 2; time++) {
        await client.ping();
        const message = await awaitEvent(context, client, 'beacon_finalization', 'finalise');
        epochs.push(Number(readEvent(context, message).data.epoch));
      }
      const [first = 0, second = 0] = epochs;
      expectThat(second > first, 'an epoch later than the one before', epochs);
    },
  },
];
