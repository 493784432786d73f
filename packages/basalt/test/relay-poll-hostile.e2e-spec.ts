/** Sources that give a polling follower something else than it asked for (contract 11). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { blockDocument, blockMessage } from '../src/index.js';
import { BasaltApps } from './support/basalt-app.js';
import { newBlocks, waiting } from './support/following.js';
import { answersOf, ScriptedNodes, type Script } from './support/scripted-node.js';
import { ToyChain } from './support/toy-blocks.js';
import { until } from './support/until.js';

const apps = new BasaltApps();
const nodes = new ScriptedNodes();

afterEach(async () => {
  await apps.stopAll();
  await nodes.stopAll();
});

type Answer = ReturnType<NonNullable<Script['answer']>>;

/** A follower at block 100, and what its source answers to some paths instead of the truth. */
async function polling(announce: 'every-block' | 'latest-only' = 'every-block') {
  const chain = new ToyChain(100, 100);
  const lies = new Map<string, Answer>();
  const truth = answersOf(chain);
  const source = await nodes.start({
    answer: (path) => (lies.has(path) ? lies.get(path) : truth(path)),
  });
  const app = await apps.start({
    basalt: { mode: 'rpc', compat: 'node', syncSource: source.url, follow: { announce } },
  });
  const client = await app.connect();
  expect(await client.next()).toBe(blockMessage('current_block', chain.tip));
  const look = async (): Promise<void> => {
    await until(() => app.clock.nextInMs <= 2000);
    app.clock.advance(2000);
  };
  return { chain, lies, source, app, client, look };
}

describe('a polling follower', () => {
  it.each<[string, Answer, RegExp]>([
    ['nothing', undefined, /no sync status/],
    ['an error', 503, /503/],
    ['nonsense', '<html>', /no JSON/],
    ['null', 'null', /no sync status/],
    ['a height in quotes', '{"latestBlock":"200","latestHash":"0x"}', /no sync status/],
    ['a height below zero', '{"latestBlock":-1,"latestHash":"0x"}', /no sync status/],
    ['a height and a half', '{"latestBlock":1.5,"latestHash":"0x"}', /no sync status/],
    ['no hash', '{"latestBlock":200}', /no sync status/],
    [
      'the way to another node',
      (response) => response.writeHead(301, { location: 'http://127.0.0.1:1/' }).end(),
      /301/,
    ],
    ['more than anybody reads', ' '.repeat(300_000), /more than 262144 bytes/],
  ])('that gets %s for a status backs off and keeps its clients', async (_, lie, message) => {
    const { chain, lies, app, client, look } = await polling();
    const next = chain.grow(1);
    lies.set('/v1/sync/status', lie);
    await look();
    await waiting(app);
    expect(app.follower.status).toMatchObject({ waitMs: 1000 });
    expect(app.follower.status?.cause?.message).toMatch(message);
    lies.clear();
    app.clock.advance(1000);
    expect(await client.take(1)).toEqual(newBlocks(next));
  });

  it.each(['every-block', 'latest-only'] as const)(
    'announces no other block than the one it asked for (%s)',
    async (announce) => {
      const { chain, lies, app, client, look } = await polling(announce);
      const [asked] = chain.grow(1);
      const other = new ToyChain(50, 50).tip;
      lies.set('/v1/blocks/101', blockDocument(other));
      await look();
      await waiting(app);
      expect(app.follower.status?.cause?.message).toMatch('gave no block 101');
      await client.expectSilence();
      lies.clear();
      app.clock.advance(1000);
      expect(await client.take(1)).toEqual(newBlocks(asked ? [asked] : []));
    },
  );

  it('stays where it is while its source falls behind', async () => {
    const { chain, client, source, look } = await polling();
    chain.grow(3);
    await look();
    expect(await client.take(3)).toEqual(newBlocks(chain.blocks.slice(1)));
    const dropped = chain.blocks.splice(2);
    const before = source.requests.length;
    await look();
    await until(() => source.requests.length > before);
    await client.expectSilence();
    chain.blocks.push(...dropped);
    const next = chain.grow(1);
    await look();
    expect(await client.take(1)).toEqual(newBlocks(next));
  });

  it('announces a block again that could not be published', async () => {
    const { chain, app, client, look } = await polling();
    const restore = app.bus.record(() => {
      throw new Error('The disk is full');
    });
    const next = chain.grow(2);
    await look();
    await until(() => app.follower.status?.cause?.message === 'The disk is full');
    restore();
    app.clock.advance(app.follower.status?.waitMs ?? 0);
    expect(await client.take(2)).toEqual(newBlocks(next));
  });

  it('counts three failures in a row only: a success between them begins anew', async () => {
    const { chain, lies, source, app, client, look } = await polling();
    for (let round = 0; round < 2; round++) {
      const next = chain.grow(1);
      lies.set(`/v1/blocks/${String(chain.tip.number)}`, 500);
      await look();
      for (let failure = 0; failure < 2; failure++) {
        await waiting(app);
        if (failure === 1) lies.clear();
        app.clock.advance(app.follower.status?.waitMs ?? 0);
      }
      expect(await client.take(1)).toEqual(newBlocks(next));
    }
    // Each block failed twice, then came. Its own tip was never compared.
    const asked = ['100', '101', '102'].map(
      (number) => source.requests.filter((path) => path === `/v1/blocks/${number}`).length,
    );
    expect(asked).toEqual([1, 3, 3]);
  });
});
