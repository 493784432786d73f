import type { TestClient } from '@sluice/testing';
import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectThat } from '../../judging/expect.js';
import { SkipCheck } from '../../judging/outcomes.js';
import type { CheckContext } from '../../runner/check-context.js';
import { arrived } from '../settled.js';
import { isNewBlock, readMessage, type BasaltMessage } from './basalt-message.js';

/** What the sample's control endpoints answer. */
interface Announced {
  readonly announced: readonly { readonly number: string; readonly hash: string }[];
}

const BEYOND = '18446744073709551615';

/** Contract 4 to 6: what is sent when. */
export const streamChecks: readonly ConformanceCheck[] = [
  {
    ref: 'basalt §14.1',
    title: 'greets with current_block, once, before anything else',
    compat: 'node',
    async run(context) {
      const client = await context.connect();
      const { type } = readMessage(await client.next());
      expectSame(type, 'current_block', 'type of the first message');
      expectOnlyNewBlocks(await arrived(client));
    },
  },
  {
    ref: 'basalt §1',
    title: 'sends nothing on connection',
    compat: 'published',
    async run(context) {
      const client = await context.connect();
      expectOnlyNewBlocks(await arrived(client));
    },
  },
  {
    ref: 'basalt §4',
    title: 'sends current_block as the first message or not at all',
    async run(context) {
      const clients = await context.connectMany(2);
      for (const client of clients) expectOnlyNewBlocks((await arrived(client)).slice(1));
    },
  },
  {
    ref: 'basalt §14.2',
    title: 'gives genesis a zero parent, proposer and timestamp',
    async run(context) {
      const client = await context.connect();
      const [first] = (await arrived(client)).map(readMessage);
      if (first?.type !== 'current_block' || Number(first.block.number) !== 0) {
        throw new SkipCheck('the first message is not about genesis');
      }
      const zeros = (digits: number): string => `0x${'0'.repeat(digits)}`;
      const { parentHash, proposer, timestamp } = first.block as unknown as Record<string, unknown>;
      expectSame(
        { parentHash, proposer, timestamp },
        { parentHash: zeros(64), proposer: zeros(40), timestamp: 0 },
        'genesis',
      );
    },
  },
  {
    ref: 'basalt §14.4',
    title: 'announces a block with exactly its members, in order, as compact JSON',
    needs: ['activity'],
    async run(context) {
      const client = await context.connect();
      readMessage(await announcement(context, client));
    },
  },
  {
    ref: 'basalt §14.3',
    title: 'announces every block once, in order, each on its parent',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      await client.ping();
      const { announced } = await context.drive<Announced>('mine', { blocks: 3 });
      const blocks = (await newBlocks(client, 3)).map(({ block }) => block);
      expectSame(
        blocks.map(({ number, hash }) => ({ number: String(number), hash })),
        announced,
        'announced blocks',
      );
      expectSame(blocks[1]?.parentHash, blocks[0]?.hash, 'parentHash of the second block');
      expectSame(blocks[2]?.parentHash, blocks[1]?.hash, 'parentHash of the third block');
      expectOnlyNewBlocks(await arrived(client));
    },
  },
  {
    ref: 'basalt §14.13',
    title: 'sends every client the same text',
    needs: ['activity'],
    async run(context) {
      const clients = await context.connectMany(3);
      await context.nudge('mine');
      const texts = await context.activity('block', (options) =>
        Promise.all(
          clients.map(async (client) => (await client.until(isNewBlock, options)).at(-1)),
        ),
      );
      expectSame(texts, [texts[0], texts[0], texts[0]], 'the texts of three clients');
    },
  },
  {
    ref: 'basalt §14.14',
    title: 'goes on announcing when another client leaves',
    needs: ['activity'],
    async run(context) {
      const [leaving, staying] = await context.connectMany(2);
      if (leaving === undefined || staying === undefined) return;
      leaving.terminate();
      await announcement(context, staying);
    },
  },
  {
    ref: 'basalt §14.11',
    title: 'drops text and binary messages unanswered and goes on announcing',
    needs: ['activity'],
    async run(context) {
      const client = await context.connect();
      client.send('{"type":"subscribe","channel":"blocks"}');
      client.send('not json');
      client.send(Buffer.from([0, 1, 255]));
      client.send('x'.repeat(100_000));
      for (const message of await arrived(client)) readMessage(message);
      readMessage(await announcement(context, client));
    },
  },
  {
    ref: 'basalt §6',
    title: 'announces only the last block of a batch',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      await client.ping();
      const [before] = (await context.drive<Announced>('mine')).announced;
      await context.drive('batch', { blocks: 3 });
      const [, last] = await newBlocks(client, 2);
      const jump = BigInt(last?.block.number ?? 0) - BigInt(before?.number ?? 0);
      expectSame(jump, 3n, 'how far the number jumps');
      expectSame((await arrived(client)).filter(isNewBlock), [], 'further announcements');
    },
  },
  {
    ref: 'basalt §6',
    title: 'announces an abandoned branch’s successor unmarked: numbers fall, hashes differ',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      await client.ping();
      await context.drive('mine', { blocks: 3 });
      const old = await newBlocks(client, 3);
      const { announced } = await context.drive<Announced>('reorg', { depth: 2 });
      const branch = await newBlocks(client, announced.length);
      const [first] = branch;
      expectSame(first?.block.parentHash, old[0]?.block.hash, 'parent of the new branch');
      expectSame(first?.block.number, old[1]?.block.number, 'first number of the new branch');
      expectThat(first?.block.hash !== old[1]?.block.hash, 'another hash on the new branch', first);
    },
  },
  {
    ref: 'basalt §5',
    title: 'keeps every digit of integers up to 2^64-1, unscaled and unquoted',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      await client.ping();
      const block = { number: BEYOND, gasUsed: BEYOND, gasLimit: BEYOND, timestamp: '1700000000' };
      try {
        await context.drive('block', { block });
        const message = (await client.until(isNewBlock)).at(-1) ?? '';
        for (const [name, digits] of Object.entries(block)) {
          expectThat(message.includes(`"${name}":${digits},`), `"${name}":${digits}`, message);
        }
        readMessage(message);
      } finally {
        await context.drive('mine');
      }
    },
  },
];

function expectOnlyNewBlocks(messages: readonly string[]): void {
  for (const message of messages) {
    expectSame(readMessage(message).type, 'new_block', 'type of a message that is not the first');
  }
}

async function announcement(context: CheckContext, client: TestClient): Promise<string> {
  await context.nudge('mine');
  const taken = await context.activity('block', (options) => client.until(isNewBlock, options));
  return taken.at(-1) ?? '';
}

async function newBlocks(client: TestClient, count: number): Promise<BasaltMessage[]> {
  const blocks: BasaltMessage[] = [];
  while (blocks.length < count) {
    blocks.push(readMessage((await client.until(isNewBlock)).at(-1) ?? ''));
  }
  return blocks;
}
