/** RPC mode over the source's stream (contract 11, "Following a node's stream"). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { blockMessage, type BasaltBlock, type BasaltFollowOptions } from '../src/index.js';
import { BasaltApps, type BasaltApp } from './support/basalt-app.js';
import { followStream, newBlocks, online, waiting } from './support/following.js';
import { answersOf, ScriptedNodes, type ScriptedNode } from './support/scripted-node.js';
import { ToyChain } from './support/toy-blocks.js';
import { until } from './support/until.js';
import { vector } from './support/vectors.js';

interface RelayVector {
  readonly cases: readonly {
    readonly name: string;
    readonly upstream: readonly string[];
    readonly frames_to_connected_clients: readonly string[];
    readonly current_block_for_next_client?: string;
  }[];
}

const apps = new BasaltApps();
const nodes = new ScriptedNodes();

afterEach(async () => {
  await apps.stopAll();
  await nodes.stopAll();
});

const follow = (source: ScriptedNode, options?: BasaltFollowOptions): Promise<BasaltApp> =>
  followStream(apps, source, options);

async function latestOf(app: BasaltApp): Promise<string> {
  return (await app.connect()).next();
}

describe('a follower of a stream', () => {
  it.each(vector<RelayVector>('relay-ws').cases)(
    'basalt §14.23 does as recorded: $name',
    async ({ upstream, frames_to_connected_clients: frames, current_block_for_next_client }) => {
      const source = await nodes.start();
      const app = await follow(source);
      await until(() => source.clients === 1);
      const client = await app.connect();
      for (const step of upstream) {
        if (step === 'disconnect') {
          source.cut();
          await waiting(app);
        } else if (step === 'reconnect') {
          app.clock.advance(1000);
          await until(() => source.clients === 1);
        } else {
          source.send(step);
          const { hash } = (JSON.parse(step) as { block: BasaltBlock }).block;
          await until(() => app.blocks.latest?.hash === hash);
        }
      }
      expect(await client.take(frames.length)).toEqual(frames);
      await client.expectSilence();
      if (current_block_for_next_client !== undefined) {
        expect(await latestOf(app)).toBe(current_block_for_next_client);
      }
    },
  );

  it('basalt §14.22 keeps its clients while the source is away, serves new ones, and comes back ever later', async () => {
    const chain = new ToyChain(100, 101);
    const source = await nodes.start({ answer: answersOf(chain) });
    const app = await follow(source);
    const client = await app.connect();
    expect(await client.nextJson()).toMatchObject({
      type: 'current_block',
      block: { number: 101 },
    });
    await source.stop();
    const waits: unknown[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      await waiting(app);
      const { waitMs = 0 } = app.follower.status ?? {};
      waits.push(waitMs);
      app.clock.advance(waitMs);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    expect(await latestOf(app)).toBe(blockMessage('current_block', chain.at(101)));
    const missed = chain.grow(3);
    await source.start();
    await waiting(app);
    app.clock.advance(30_000);
    await online(app);
    expect(await client.take(3)).toEqual(newBlocks(missed));
    source.cut();
    await waiting(app);
    expect(app.follower.status?.waitMs).toBe(1000);
  });

  it('finds the latest block of a source that sends no current_block', async () => {
    const chain = new ToyChain(100, 105);
    const source = await nodes.start({ answer: answersOf(chain) });
    const app = await follow(source);
    expect(await latestOf(app)).toBe(blockMessage('current_block', chain.tip));
  });

  it('announces a block that both the look at the head and the stream bring, once', async () => {
    const chain = new ToyChain(100, 100);
    const source = await nodes.start({ answer: answersOf(chain) });
    const app = await follow(source);
    const client = await app.connect();
    await client.next();
    source.announce(chain.tip);
    expect(await client.next()).toBe(blockMessage('new_block', chain.tip));
    source.announce(chain.tip, ...chain.grow(1));
    expect(await client.next()).toBe(blockMessage('new_block', chain.tip));
    await client.expectSilence();
  });

  it('fills what the source skipped, in order', async () => {
    const chain = new ToyChain(100, 100);
    const source = await nodes.start({ answer: answersOf(chain) });
    const app = await follow(source);
    const client = await app.connect();
    await client.next();
    const skipped = chain.grow(7);
    source.announce(chain.tip);
    expect(await client.take(7)).toEqual(newBlocks(skipped));
    await client.expectSilence();
  });

  it('passes skipped blocks over where only the last of a batch is wanted', async () => {
    const chain = new ToyChain(100, 100);
    const source = await nodes.start({ answer: answersOf(chain) });
    const app = await follow(source, { announce: 'latest-only' });
    const client = await app.connect();
    await client.next();
    chain.grow(7);
    source.announce(chain.tip);
    expect(await client.next()).toBe(blockMessage('new_block', chain.tip));
    await client.expectSilence();
  });

  it('announces a branch switch, missed blocks of the new branch included', async () => {
    const chain = new ToyChain(100, 105);
    const source = await nodes.start({ answer: answersOf(chain) });
    const app = await follow(source);
    const client = await app.connect();
    await client.next();
    const seen = chain.grow(4);
    source.announce(...seen);
    await client.take(4);
    const [first, ...rest] = chain.fork(3, 4, 'b');
    if (first === undefined) throw new Error('There is no new block');
    source.announce(first);
    expect(await client.next()).toBe(blockMessage('new_block', first));
    source.announce(chain.tip);
    expect(await client.take(3)).toEqual(newBlocks(rest));
    const third = chain.fork(2, 3, 'c');
    source.cut();
    await waiting(app);
    app.clock.advance(1000);
    expect(await client.take(3)).toEqual(newBlocks(third));
    await client.expectSilence();
  });

  it('announces the blocks of a shorter branch as soon as it grows', async () => {
    const chain = new ToyChain(100, 100);
    const source = await nodes.start({ answer: answersOf(chain) });
    const app = await follow(source);
    const client = await app.connect();
    await client.next();
    source.announce(...chain.grow(5));
    await client.take(5);
    const shorter = chain.fork(4, 2, 'b');
    source.cut();
    await waiting(app);
    app.clock.advance(1000);
    await online(app);
    await client.expectSilence();
    expect(await latestOf(app)).toBe(blockMessage('current_block', chain.tip));
    const next = chain.grow(1);
    source.announce(...next);
    expect(await client.take(3)).toEqual(newBlocks([...shorter, ...next]));
  });

  it('announces what comes, at once, where the source has no HTTP', async () => {
    const chain = new ToyChain(100, 110);
    const source = await nodes.start();
    const app = await follow(source);
    await until(() => source.clients === 1);
    const client = await app.connect();
    const told = [chain.at(101), chain.at(104), chain.at(103), chain.at(104)];
    source.announce(...told);
    expect(await client.take(4)).toEqual(newBlocks(told));
  });

  it('leaves a source from which nothing comes, not even a pong', async () => {
    const chain = new ToyChain(100, 100);
    const source = await nodes.start({ answer: answersOf(chain) });
    const app = await follow(source);
    await online(app);
    source.deaf();
    app.clock.advance(45_000);
    app.clock.advance(45_000);
    await waiting(app);
  });

  it('ignores what it does not understand', async () => {
    const chain = new ToyChain(100, 101);
    const source = await nodes.start();
    const app = await follow(source);
    await until(() => source.clients === 1);
    const client = await app.connect();
    for (const text of ['', 'nonsense', '[]', '{"type":"tx"}', '{"type":"new_block","block":{}}']) {
      source.send(text);
    }
    source.announce(chain.tip);
    expect(await client.next()).toBe(blockMessage('new_block', chain.tip));
  });

  it('goes over to the next source where several are given', async () => {
    const chain = new ToyChain(100, 100);
    const first = await nodes.start({ answer: answersOf(chain) });
    const second = await nodes.start({ answer: answersOf(chain) });
    const app = await apps.start({
      basalt: { mode: 'rpc', syncSource: [first.url, `${second.url}/`] },
    });
    const client = await app.connect();
    expect(app.follower.status?.upstream).toBe(first.url);
    await first.stop();
    const missed = chain.grow(2);
    await waiting(app);
    app.clock.advance(1000);
    expect(await client.take(2)).toEqual(newBlocks(missed));
    expect(app.follower.status?.upstream).toBe(second.url);
  });

  it('tells the application of every change', async () => {
    const source = await nodes.start();
    const app = await follow(source);
    const states: string[] = [];
    app.bus.on('basalt.upstream').subscribe(({ data }) => states.push(data.state));
    await online(app);
    source.cut();
    await waiting(app);
    app.clock.advance(1000);
    await online(app);
    await app.app.close();
    expect(states).toEqual(expect.arrayContaining(['waiting', 'connecting', 'online', 'stopped']));
  });
});
