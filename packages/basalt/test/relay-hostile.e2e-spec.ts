/** Sources that are broken, slow, or lie (contract 11). What they can do to the gateway is bounded, and costs no block. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { SteppedClock } from '@sluice/engine/testing';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { blockDocument, blockMessage } from '../src/index.js';
import { BasaltApps } from './support/basalt-app.js';
import { comeBack, followStream, newBlocks, online, waiting } from './support/following.js';
import { answersOf, ScriptedNodes, type Script } from './support/scripted-node.js';
import { ToyChain } from './support/toy-blocks.js';
import { until } from './support/until.js';

const apps = new BasaltApps();
const nodes = new ScriptedNodes();

afterEach(async () => {
  await apps.stopAll();
  await nodes.stopAll();
});

/** A source at block 100, its follower, and a client of that. */
async function following(script: (chain: ToyChain) => Script) {
  const chain = new ToyChain(100, 100);
  const greeting = (): string => blockMessage('current_block', chain.tip);
  const source = await nodes.start({ greeting, ...script(chain) });
  const app = await followStream(apps, source);
  const client = await app.connect();
  expect(await client.next()).toBe(blockMessage('current_block', chain.at(100)));
  return { chain, source, app, client };
}

/** A body without an end. */
function endless(response: ServerResponse): void {
  const more = (): void => {
    while (response.write(' '.repeat(65_536)));
  };
  response.on('drain', more).on('error', () => undefined);
  more();
}

describe('a source whose HTTP', () => {
  it('never answers delays the start and its blocks by nothing, and a gap once', async () => {
    const { chain, source, app, client } = await following(() => ({ answer: () => 'hang' }));
    chain.grow(9);
    source.announce(chain.at(101));
    expect(await client.next()).toBe(blockMessage('new_block', chain.at(101)));
    source.announce(chain.at(104));
    await until(() => source.requests.includes('/v1/blocks/103'));
    app.clock.advance(1999);
    await client.expectSilence();
    app.clock.advance(1);
    expect(await client.next()).toBe(blockMessage('new_block', chain.at(104)));
    source.announce(chain.at(107), chain.at(109));
    expect(await client.take(2)).toEqual(newBlocks([chain.at(107), chain.at(109)]));
    expect(source.connects).toBe(1);
  });

  it('does not give one of several blocks costs that one and those before it', async () => {
    const { chain, source, app, client } = await following((known) => ({
      answer: (path) => (path.endsWith('/102') ? 'hang' : answersOf(known)(path)),
    }));
    const [, , third, fourth] = chain.grow(4);
    if (third === undefined || fourth === undefined) throw new Error('There is no new block');
    source.announce(fourth);
    await until(() => source.requests.includes('/v1/blocks/102'));
    app.clock.advance(2000);
    expect(await client.take(2)).toEqual(newBlocks([third, fourth]));
    expect(source.connects).toBe(1);
  });

  it.each<[string, NonNullable<Script['answer']>]>([
    ['refuses', () => 426],
    ['fails', () => 500],
    ['redirects', () => (response) => response.writeHead(302, { location: '/v1/blocks/1' }).end()],
    [
      'breaks off',
      () => (response) =>
        response.writeHead(200, { 'content-length': 9 }).write('[', () => response.destroy()),
    ],
    ['talks nonsense', () => 'nonsense'],
    ['gives no block', () => '{"number":103}'],
    ['gives another block', () => blockDocument(new ToyChain(7, 7).tip)],
    ['gives no end of a block', () => endless],
  ])('%s costs no block that is streamed', async (_, answer) => {
    const { chain, source, client } = await following(() => ({ answer }));
    chain.grow(9);
    const told = [chain.at(101), chain.at(104), chain.at(109)];
    source.announce(...told);
    expect(await client.take(3)).toEqual(newBlocks(told));
    expect(source.connects).toBe(1);
  });

  it('leads elsewhere is not followed there', async () => {
    const other = await nodes.start({ answer: answersOf(new ToyChain(0, 500)) });
    const elsewhere = (response: ServerResponse): unknown =>
      response.writeHead(307, { location: `${other.url}/v1/blocks/latest` }).end();
    const source = await nodes.start({ answer: () => elsewhere });
    const app = await followStream(apps, source);
    await online(app);
    expect(app.blocks.latest).toBeUndefined();
    expect(other.requests).toEqual([]);
  });
});

describe('a source that dies in the middle of a gap', () => {
  async function dying() {
    let isDying = false;
    const setting = await following((chain) => ({
      answer: (path) => {
        if (!isDying) return answersOf(chain)(path);
        return (response) => {
          setting.source.cut();
          response.destroy();
        };
      },
    }));
    const missed = setting.chain.grow(4);
    isDying = true;
    setting.source.announce(setting.chain.tip);
    await waiting(setting.app);
    await setting.client.expectSilence();
    isDying = false;
    return { ...setting, missed };
  }

  it('is asked again when it is back, before anything newer is announced', async () => {
    const { app, client, missed } = await dying();
    await comeBack(app);
    expect(await client.take(4)).toEqual(newBlocks(missed));
    await client.expectSilence();
  });

  it('is not waited for where it stays away', async () => {
    const { app, chain, source, client, missed } = await dying();
    await source.stop();
    app.clock.advance(1000);
    expect(await client.take(1)).toEqual(newBlocks(missed.slice(-1)));
    await source.start();
    await waiting(app);
    app.clock.advance(2000);
    await online(app);
    const next = chain.grow(1);
    await until(() => source.clients === 1);
    source.announce(...next);
    expect(await client.take(1)).toEqual(newBlocks(next));
  });
});

describe('a source that goes back', () => {
  it('has its earlier block announced again, and what follows it', async () => {
    const { chain, source, client } = await following((known) => ({ answer: answersOf(known) }));
    const [first, second] = chain.grow(2);
    if (first === undefined || second === undefined) throw new Error('There is no new block');
    const other = chain.fork(1, 1, 'b');
    const told = [first, second, first, first, ...other, first, second];
    source.announce(...told);
    const heard = [first, second, first, ...other, first, second];
    expect(await client.take(heard.length)).toEqual(newBlocks(heard));
    await client.expectSilence();
  });

  it('while it was away gives new clients its latest block, over HTTP too', async () => {
    const { chain, source, app, client } = await following((known) => ({
      answer: answersOf(known),
    }));
    source.announce(...chain.grow(3));
    await client.take(3);
    const [dropped] = chain.fork(2, 0, '');
    expect(dropped).toBeUndefined();
    source.cut();
    await comeBack(app);
    await until(() => app.blocks.latest?.number === 101);
    await client.expectSilence();
    expect(await (await app.connect()).next()).toBe(blockMessage('current_block', chain.tip));
    const status = await (await fetch(`${app.http}/v1/sync/status`)).json();
    expect(status).toMatchObject({ latestBlock: 101, latestHash: chain.tip.hash });
    const branch = chain.grow(2, 'b');
    source.announce(...branch);
    expect(await client.take(2)).toEqual(newBlocks(branch));
  });
});

describe('news that is old', () => {
  it('is what the stream tells of blocks that were fetched before', async () => {
    const { chain, source, app, client } = await following((known) => ({
      answer: answersOf(known),
      greeting: () => undefined,
    }));
    const missed = chain.grow(5);
    source.cut();
    await comeBack(app);
    expect(await client.take(5)).toEqual(newBlocks(missed));
    source.send(blockMessage('current_block', chain.at(103)));
    const next = chain.grow(1);
    source.announce(chain.at(104), chain.at(105), ...next);
    expect(await client.take(1)).toEqual(newBlocks(next));
    await client.expectSilence();
    // From here on the source has told all that was fetched: now it goes back.
    source.announce(chain.at(105));
    expect(await client.take(1)).toEqual(newBlocks([chain.at(105)]));
  });

  it('is what a second source tells that is behind the first', async () => {
    const chain = new ToyChain(100, 105);
    const late = new ToyChain(100, 102);
    const [first, second] = [
      await nodes.start({ greeting: () => blockMessage('current_block', chain.at(100)) }),
      await nodes.start({ greeting: () => blockMessage('current_block', late.tip) }),
    ];
    const app = await apps.start({
      basalt: { mode: 'rpc', syncSource: [first.url, second.url] },
    });
    const client = await app.connect();
    first.announce(...chain.blocks.slice(1));
    expect(await client.take(5)).toEqual(newBlocks(chain.blocks.slice(1)));
    await first.stop();
    await comeBack(app);
    await until(() => second.clients === 1);
    second.announce(...late.grow(4));
    expect(await client.take(1)).toEqual(newBlocks(late.blocks.slice(-1)));
    await client.expectSilence();
  });
});

describe('a stream', () => {
  it('with a message beyond all measure is left, and found again', async () => {
    const { chain, source, app, client } = await following(() => ({}));
    source.send(`{"type":"new_block","block":{}}${' '.repeat(256 * 1024)}`);
    await comeBack(app);
    const next = chain.grow(1);
    await until(() => source.clients === 1);
    source.announce(...next);
    expect(await client.take(1)).toEqual(newBlocks(next));
  });

  it('whose block could not be published gives it after the next connection', async () => {
    const { chain, source, app, client } = await following(() => ({}));
    const restore = app.bus.record(() => {
      throw new Error('The disk is full');
    });
    const next = chain.grow(1);
    source.announce(...next);
    await waiting(app);
    restore();
    await comeBack(app);
    expect(await client.take(1)).toEqual(newBlocks(next));
  });
});

describe('a source that takes connections and says nothing', () => {
  it('is given up when the time for the handshake is over', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined).resume());
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const app = await apps.start({
      basalt: {
        mode: 'rpc',
        syncSource: `http://127.0.0.1:${String(port)}`,
        follow: { timeoutMs: 20 },
      },
    });
    await waiting(app);
    expect(app.follower.status?.cause?.message).toMatch(/handshake/);
    await app.app.close();
    silent.close();
    await once(silent, 'close');
  });

  it('delays the start by five seconds', async () => {
    const clock = new SteppedClock();
    const source = await nodes.start({ answer: () => 'hang' });
    let hasStarted = false;
    const starting = apps
      .start({
        basalt: { mode: 'rpc', compat: 'node', syncSource: source.url },
        sluice: { clock },
      })
      .finally(() => (hasStarted = true));
    await until(() => source.requests.includes('/v1/sync/status'));
    clock.advance(4999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(hasStarted).toBe(false);
    clock.advance(1);
    const app = await starting;
    expect(await (await fetch(`${app.http}/ws/blocks`)).text()).toMatch('required');
  });
});
