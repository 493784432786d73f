/** RPC mode over HTTP, as a node does it (contract 11). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { stringifyJson } from '@sluice/engine';
import { blockMessage, type BasaltBlock } from '../src/index.js';
import { BasaltApps, type BasaltApp } from './support/basalt-app.js';
import { newBlocks, waiting } from './support/following.js';
import { answersOf, ScriptedNodes, type ScriptedNode } from './support/scripted-node.js';
import { ToyChain } from './support/toy-blocks.js';
import { until } from './support/until.js';
import { blockIn, vector } from './support/vectors.js';

interface HttpVector {
  readonly cases: readonly {
    readonly name: string;
    readonly mode?: 'latest-only' | 'every-block';
    readonly local_tip: number;
    readonly http: readonly { readonly request: string; readonly body: object }[];
    readonly frames: readonly string[];
  }[];
}

interface StreamVector {
  readonly cases: readonly { readonly upstream: readonly string[] }[];
}

const apps = new BasaltApps();
const nodes = new ScriptedNodes();

afterEach(async () => {
  await apps.stopAll();
  await nodes.stopAll();
});

const follow = (source: ScriptedNode, announce?: 'every-block'): Promise<BasaltApp> =>
  apps.start({
    basalt: {
      mode: 'rpc',
      compat: 'node',
      syncSource: source.url,
      ...(announce && { follow: { announce } }),
    },
  });

/** Resolves when the follower pauses: then it has to be the next one to do something. */
const pausing = (app: BasaltApp): Promise<void> => until(() => app.clock.nextInMs <= 2000);

/** Lets the follower look once more, after its pause. */
async function look(app: BasaltApp, source: ScriptedNode, afterMs = 2000): Promise<void> {
  const looks = (): number => source.requests.filter((path) => path.endsWith('/status')).length;
  const before = looks();
  await pausing(app);
  app.clock.advance(afterMs);
  await until(() => looks() > before);
}

describe('a follower that polls', () => {
  const earlier = vector<StreamVector>('relay-ws').cases.flatMap(({ upstream }) =>
    upstream.filter((frame) => frame.startsWith('{')).map(blockIn),
  );

  it.each(vector<HttpVector>('relay-http').cases)(
    'does as recorded: $name',
    async ({ mode = 'latest-only', local_tip, http, frames }) => {
      const tip = earlier.find(({ number }) => number === local_tip);
      if (tip === undefined) throw new Error(`There is no block ${String(local_tip)}`);
      let started = false;
      const source = await nodes.start({
        answer: (path) => {
          if (started) {
            const found = http.find(({ request }) => request === `GET ${path}`);
            return found && stringifyJson(found.body);
          }
          if (path === '/v1/sync/status') {
            return stringifyJson({
              latestBlock: tip.number,
              latestHash: tip.hash,
              chainId: 31_337,
            });
          }
          return stringifyJson({ ...tip, baseFee: '1000000000' });
        },
      });
      const app = await apps.start({
        basalt: {
          mode: 'rpc',
          compat: 'node',
          syncSource: source.url,
          follow: { announce: mode },
        },
      });
      const client = await app.connect();
      expect(await client.nextJson()).toMatchObject({ block: { number: local_tip } });
      started = true;
      source.requests.length = 0;
      await look(app, source);
      expect(await client.take(frames.length)).toEqual(frames);
      await client.expectSilence();
      expect(source.requests.map((path) => `GET ${path}`)).toEqual(
        http.map(({ request }) => request),
      );
    },
  );

  it('basalt §14.20 announces the source’s next block', async () => {
    const chain = new ToyChain(100, 100);
    const source = await nodes.start({ answer: answersOf(chain) });
    const app = await follow(source);
    const client = await app.connect();
    expect(await client.next()).toBe(blockMessage('current_block', chain.tip));
    const next = chain.grow(1);
    await look(app, source);
    expect(await client.take(1)).toEqual(newBlocks(next));
  });

  it('basalt §14.21 announces nothing at the source’s tip, and waits a block time', async () => {
    const chain = new ToyChain(100, 100);
    const source = await nodes.start({ answer: answersOf(chain) });
    const app = await follow(source);
    const client = await app.connect();
    await client.next();
    await look(app, source, 500);
    for (let count = 0; count < 3; count++) {
      await pausing(app);
      const { length } = source.requests;
      app.clock.advance(1999);
      await client.expectSilence();
      expect(source.requests).toHaveLength(length);
      await look(app, source, 1);
    }
    await client.expectSilence();
  });

  it('takes at most 100 blocks at a time and looks again after half a second', async () => {
    const chain = new ToyChain(100, 100);
    const source = await nodes.start({ answer: answersOf(chain) });
    const app = await follow(source);
    const client = await app.connect();
    await client.next();
    chain.grow(250);
    const told: unknown[] = [];
    for (const waitMs of [2000, 500, 500]) {
      await look(app, source, waitMs);
      told.push((await client.nextJson<{ block: BasaltBlock }>()).block.number);
    }
    expect(told).toEqual([200, 300, 350]);
  });

  it('basalt §14.22 asks an unreachable source ever later, keeps its clients, and begins anew when it answers', async () => {
    const chain = new ToyChain(100, 100);
    const source = await nodes.start({ answer: answersOf(chain) });
    const app = await follow(source, 'every-block');
    const client = await app.connect();
    await client.next();
    await source.stop();
    const missed = chain.grow(3);
    await pausing(app);
    app.clock.advance(500);
    const waits: unknown[] = [];
    for (let attempt = 0; attempt < 7; attempt++) {
      await waiting(app);
      const { waitMs = 0 } = app.follower.status ?? {};
      waits.push(waitMs);
      if (attempt === 6) await source.start();
      app.clock.advance(waitMs);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(await client.take(3)).toEqual(newBlocks(missed));
    expect(await (await app.connect()).next()).toBe(blockMessage('current_block', chain.tip));
  });

  it('starts while the source is away', async () => {
    const chain = new ToyChain(100, 100);
    const source = await nodes.start({ answer: answersOf(chain) });
    await source.stop();
    const app = await follow(source);
    const client = await app.connect();
    await client.expectSilence();
    await source.start();
    app.clock.advance(1000);
    expect(await client.next()).toBe(blockMessage('new_block', chain.tip));
  });

  it.each(['every-block', undefined] as const)(
    'goes back to the common ancestor and announces the new branch (%s)',
    async (announce) => {
      const chain = new ToyChain(100, 100);
      const source = await nodes.start({ answer: answersOf(chain) });
      const app = await follow(source, announce);
      const client = await app.connect();
      await client.next();
      for (let count = 0; count < 4; count++) {
        chain.grow(1);
        await look(app, source);
        await client.next();
      }
      const branch = chain.fork(3, 4, 'b');
      await look(app, source);
      const told = announce === undefined ? branch.slice(-1) : branch;
      expect(await client.take(told.length)).toEqual(newBlocks(told));
      await client.expectSilence();
    },
  );

  it('finds a fork of the only block it knows', async () => {
    const chain = new ToyChain(90, 100);
    const source = await nodes.start({ answer: answersOf(chain) });
    const app = await follow(source, 'every-block');
    const client = await app.connect();
    await client.next();
    const branch = chain.fork(1, 3, 'b');
    await look(app, source);
    expect(await client.take(3)).toEqual(newBlocks(branch));
  });

  it('suspects a fork after three failures although the source is ahead', async () => {
    const chain = new ToyChain(100, 102);
    let broken = false;
    const answers = answersOf(chain);
    const source = await nodes.start({
      // The block after the own tip cannot be had from this source, as if it did not fit.
      answer: (path) => (broken && path.endsWith('/103') ? 500 : answers(path)),
    });
    const app = await follow(source, 'every-block');
    const client = await app.connect();
    await client.next();
    broken = true;
    chain.grow(2);
    await look(app, source);
    for (let failure = 1; failure <= 3; failure++) {
      await waiting(app);
      if (failure === 3) broken = false;
      expect(source.requests.filter((path) => path.endsWith('/102'))).toHaveLength(1);
      app.clock.advance(app.follower.status?.waitMs ?? 0);
    }
    expect(await client.take(2)).toEqual(newBlocks(chain.blocks.slice(-2)));
    // The own tip was compared once, and was no fork.
    expect(source.requests.filter((path) => path.endsWith('/102'))).toHaveLength(2);
  });

  it('reports a source of another chain, keeps serving, and keeps trying', async () => {
    const chain = new ToyChain(0, 5);
    const source = await nodes.start({ answer: answersOf(chain) });
    const app = await follow(source, 'every-block');
    const client = await app.connect();
    await client.next();
    const latest = chain.tip;
    chain.fork(6, 9, 'other');
    await look(app, source);
    for (let attempt = 0; attempt < 5; attempt++) {
      await waiting(app);
      app.clock.advance(app.follower.status?.waitMs ?? 0);
    }
    await waiting(app);
    await client.expectSilence();
    expect(await (await app.connect()).next()).toBe(blockMessage('current_block', latest));
    expect(app.follower.status?.cause?.message).toMatch(/no block in common/);
  });

  it('gives an answer up after 30 seconds', async () => {
    const chain = new ToyChain(100, 100);
    const answers = answersOf(chain);
    let hangs = false;
    const source = await nodes.start({ answer: (path) => (hangs ? 'hang' : answers(path)) });
    const app = await follow(source);
    hangs = true;
    await look(app, source);
    app.clock.advance(29_999);
    expect(app.follower.status?.state).toBe('online');
    app.clock.advance(1);
    await waiting(app);
    expect(app.follower.status?.cause?.message).toMatch(/no answer within 30000 ms/);
  });

  it('keeps every digit of what it is told', async () => {
    const { frame } = vector<{ frame: string }>('numbers-u64');
    const block = blockIn(frame);
    const status = { latestBlock: block.number, latestHash: block.hash, chainId: 1 };
    const source = await nodes.start({
      answer: (path) =>
        stringifyJson(path.endsWith('status') ? status : { ...block, baseFee: '1' }),
    });
    const app = await follow(source);
    expect(await (await app.connect()).next()).toBe(frame.replace('new_block', 'current_block'));
    expect(source.requests).toContain('/v1/blocks/18446744073709551615');
  });
});
