/** What the stream says (contract 4 to 6). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { blockMessage, type BasaltBlock } from '../src/index.js';
import { BasaltApps } from './support/basalt-app.js';
import { toyBlock, ToyChain } from './support/toy-blocks.js';
import { blockIn, vector } from './support/vectors.js';

const apps = new BasaltApps();
const node = { compat: 'node' } as const;

afterEach(() => apps.stopAll());

interface FrameVector {
  readonly frame: string;
  readonly must_contain?: readonly string[];
}

interface Sequence {
  readonly steps: readonly { readonly expect: readonly string[] }[];
}

describe('a node’s stream', () => {
  it('basalt §14.1 begins with the latest block', async () => {
    const chain = new ToyChain(100, 100);
    const app = await apps.start({ basalt: node, latest: chain.tip });
    const client = await app.connect();
    expect(await client.next()).toBe(blockMessage('current_block', chain.tip));
    await client.expectSilence();
  });

  it('basalt §14.2 begins with genesis on a new chain', async () => {
    const { frame } = vector<FrameVector>('current_block-genesis');
    const app = await apps.start({ basalt: node, latest: blockIn(frame) });
    expect(await (await app.connect()).next()).toBe(frame);
  });

  it('says nothing after connecting while there is no block, or in the published form', async () => {
    const empty = await apps.start({ basalt: node });
    await (await empty.connect()).expectSilence();
    const published = await apps.start({ latest: toyBlock(100) });
    await (await published.connect()).expectSilence();
  });

  it('basalt §14.3 tells a client of each block at once, and once', async () => {
    const chain = new ToyChain(100, 101);
    const app = await apps.start({ latest: chain.at(100) });
    const client = await app.connect();
    await app.announce(chain.at(101));
    expect(await client.next()).toBe(blockMessage('new_block', chain.at(101)));
    await client.expectSilence();
  });

  it('plays the recorded beginning of a connection', async () => {
    const [connect, ...finalized] = vector<Sequence>('sequence-connect').steps;
    const [current = ''] = connect?.expect ?? [];
    const app = await apps.start({ basalt: node, latest: blockIn(current) });
    const client = await app.connect();
    expect(await client.next()).toBe(current);
    for (const { expect: frames } of finalized) {
      for (const frame of frames) {
        await app.announce(blockIn(frame));
        expect(await client.next()).toBe(frame);
      }
    }
    await client.expectSilence();
  });

  it.each(['new_block', 'new_block-small-timestamp', 'numbers-u64'])(
    'basalt §14.4 §14.5 §14.7 writes %s to the letter',
    async (name) => {
      const { frame, must_contain = [] } = vector<FrameVector>(name);
      const app = await apps.start();
      const client = await app.connect();
      await app.announce(blockIn(frame));
      const text = await client.next();
      expect(text).toBe(frame);
      for (const part of must_contain) expect(text).toContain(part);
    },
  );

  it('writes current_block to the letter', async () => {
    const { frame } = vector<FrameVector>('current_block');
    const app = await apps.start({ basalt: node, latest: blockIn(frame) });
    expect(await (await app.connect()).next()).toBe(frame);
  });

  it('basalt §14.5 gives numbers as numbers', async () => {
    const { frame } = vector<FrameVector>('new_block-small-timestamp');
    const app = await apps.start();
    const client = await app.connect();
    await app.announce(blockIn(frame));
    expect(await client.nextJson()).toMatchObject({
      block: { number: 42, transactionCount: 3, gasUsed: 21_000, gasLimit: 100_000_000 },
    });
  });

  it('basalt §14.6 writes hashes in lower case, whatever case they came in', async () => {
    const upper = {
      ...toyBlock(1),
      hash: `0x${'AB'.repeat(32)}`,
      proposer: `0x${'Cd'.repeat(20)}`,
    };
    const app = await apps.start();
    const client = await app.connect();
    await app.announce(upper);
    expect(await client.nextJson()).toMatchObject({
      block: { hash: `0x${'ab'.repeat(32)}`, proposer: `0x${'cd'.repeat(20)}` },
    });
  });

  it('basalt §14.7 passes timestamps through as they are', async () => {
    const app = await apps.start();
    const client = await app.connect();
    for (const timestamp of [0, 1_700_000_000, -1, 2n ** 63n - 1n, -(2n ** 63n)]) {
      await app.announce({ ...toyBlock(1), timestamp });
      expect(await client.next()).toContain(`"timestamp":${String(timestamp)},`);
    }
  });

  it('basalt §14.13 tells everybody the same', async () => {
    const app = await apps.start();
    const clients = await Promise.all([app.connect(), app.connect(), app.connect()]);
    await app.announce(toyBlock(7));
    const texts = await Promise.all(clients.map((client) => client.next()));
    expect(new Set(texts)).toEqual(new Set([blockMessage('new_block', toyBlock(7))]));
  });

  it('keeps order, repeats and branches as they are announced', async () => {
    const chain = new ToyChain(100, 102);
    const told = [chain.at(101), chain.at(102), chain.at(102), ...chain.fork(2, 3, 'b')];
    const app = await apps.start();
    const client = await app.connect();
    await app.announce(...told);
    expect(await client.take(told.length)).toEqual(
      told.map((block) => blockMessage('new_block', block)),
    );
  });

  it('keeps the base fee and members nobody knows to itself', async () => {
    const app = await apps.start();
    const client = await app.connect();
    const block = { ...toyBlock(1), baseFee: '5', extra: 1 };
    await app.announce(block);
    expect(Object.keys((await client.nextJson<{ block: object }>()).block)).toEqual(
      vector<{ members: { name: string }[] }>('fields').members.map(({ name }) => name),
    );
  });
});

describe('a client that connects while blocks come', () => {
  it('neither misses a block nor gets one twice', async () => {
    const chain = new ToyChain(0, 400);
    const app = await apps.start({ basalt: node, latest: chain.at(0) });
    let next = 1;
    let going = true;
    const announcing = (async () => {
      for (; going && next <= 400; next++) {
        await app.announce(chain.at(next));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const clients = [];
    for (let count = 0; count < 30; count++) clients.push(await app.connect());
    going = false;
    await announcing;
    const last = next - 1;
    for (const client of clients) {
      const { type, block } = await client.nextJson<{ type: string; block: BasaltBlock }>();
      expect(type).toBe('current_block');
      const rest = await client.takeJson<{ block: BasaltBlock }>(last - Number(block.number));
      expect(rest.map((message) => message.block.number)).toEqual(
        Array.from(rest, (_, index) => Number(block.number) + 1 + index),
      );
      await client.expectSilence();
    }
  });
});

describe('what cannot be a block', () => {
  it.each<[string, object]>([
    ['number', { number: -1 }],
    ['number', { number: 2n ** 64n }],
    ['number', { number: 1.5 }],
    ['number', { number: 2 ** 60 }],
    ['hash', { hash: 'abc' }],
    ['proposer', { proposer: `0x${'0'.repeat(64)}` }],
    ['timestamp', { timestamp: '1' }],
    ['transactionCount', { transactionCount: 2 ** 31 }],
    ['stateRoot', { stateRoot: undefined }],
    ['baseFee', { baseFee: 1 }],
  ])('is refused, with the name of the member: %s', async (member, change) => {
    const app = await apps.start({ basalt: node, latest: toyBlock(1) });
    const client = await app.connect();
    await client.next();
    const wrong = { ...toyBlock(2), ...change };
    await expect(app.bus.publish('basalt.block', wrong)).rejects.toThrow(`${member} cannot be`);
    await client.expectSilence();
    expect(app.blocks.latest).toEqual(toyBlock(1));
  });
});
