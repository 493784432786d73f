/** The HTTP endpoints that followers need (contract 11). */
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { parseJson } from '@sluice/engine';
import { BasaltChain, blockMessage, type BasaltBlock } from '../src/index.js';
import { BasaltApps, type BasaltApp } from './support/basalt-app.js';
import { answersOf, ScriptedNodes } from './support/scripted-node.js';
import { toyBlock, ToyChain } from './support/toy-blocks.js';
import { until } from './support/until.js';
import { blockIn, vector } from './support/vectors.js';

const chain = new ToyChain(100, 110);
const huge = blockIn(vector<{ frame: string }>('numbers-u64').frame);

@Injectable()
class FixedChain extends BasaltChain {
  latest(): BasaltBlock {
    return chain.tip;
  }

  block(which: number | bigint | string): BasaltBlock | undefined {
    return which === huge.number ? huge : chain.find(String(which));
  }
}

const apps = new BasaltApps();
const nodes = new ScriptedNodes();

afterEach(async () => {
  await apps.stopAll();
  await nodes.stopAll();
});

async function get(app: BasaltApp, path: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(app.http + path);
  const text = await answer.text();
  return { status: answer.status, body: parseJson(text) };
}

describe('the HTTP endpoints of a node', () => {
  it('show where the chain stands', async () => {
    const app = await apps.start({ basalt: { chain: FixedChain, chainId: 7 } });
    expect(await get(app, '/v1/sync/status')).toEqual({
      status: 200,
      body: { latestBlock: 110, latestHash: chain.tip.hash, chainId: 7 },
    });
  });

  it('show blocks by number, by hash, and the latest', async () => {
    const app = await apps.start({ basalt: { chain: FixedChain } });
    const { number, hash } = chain.at(105);
    for (const [which, block] of [
      ['latest', chain.tip],
      [String(number), chain.at(105)],
      [hash, chain.at(105)],
      [hash.toUpperCase().replace('0X', '0x'), chain.at(105)],
      [hash.slice(2), chain.at(105)],
    ] as const) {
      expect(await get(app, `/v1/blocks/${which}`)).toEqual({ status: 200, body: block });
    }
  });

  it('keep order and digits', async () => {
    const app = await apps.start({ basalt: { chain: FixedChain } });
    const answer = await fetch(`${app.http}/v1/blocks/18446744073709551615`);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const text = await answer.text();
    expect(text).toContain('"number":18446744073709551615');
    expect(text).toMatch(/"gasLimit":18446744073709551614,"baseFee":"0","transactionCount":0}$/);
  });

  it.each(['99', '111', '-1', '1.5', 'abc', '18446744073709551616', `0x${'0'.repeat(64)}`])(
    'answer 404 for %s',
    async (which) => {
      const app = await apps.start({ basalt: { chain: FixedChain } });
      expect((await get(app, `/v1/blocks/${which}`)).status).toBe(404);
    },
  );

  it('answer 404 while there is no block', async () => {
    const app = await apps.start();
    expect((await get(app, '/v1/sync/status')).status).toBe(404);
    expect((await get(app, '/v1/blocks/latest')).status).toBe(404);
  });

  it('are the application’s affair where it wants that', async () => {
    const app = await apps.start({ basalt: { chain: FixedChain, nodeApi: false } });
    expect((await get(app, '/v1/sync/status')).status).toBe(404);
  });

  it('let a new client of a chain that was there before have its latest block', async () => {
    const app = await apps.start({ basalt: { chain: FixedChain, compat: 'node' } });
    expect(await (await app.connect()).next()).toBe(blockMessage('current_block', chain.tip));
  });
});

describe('the HTTP endpoints of a node whose chain fails', () => {
  const FAULTS: Readonly<Record<string, () => never>> = {
    throws: () => {
      throw new Error('a secret of the application');
    },
    rejects: () => Promise.reject(new Error('a secret of the application')) as never,
    'answers nonsense': () => Promise.resolve(42) as never,
    'never answers': () => new Promise(() => undefined) as never,
  };

  it.each(Object.keys(FAULTS))('that %s cost one request, and streams nothing', async (fault) => {
    const app = await apps.start({ basalt: { chain: FixedChain } });
    const client = await app.connect();
    const port = app.app.get(BasaltChain);
    jest.spyOn(port, 'latest').mockImplementation(FAULTS[fault] as never);
    jest.spyOn(port, 'block').mockImplementation(FAULTS[fault] as never);
    for (const path of ['/v1/sync/status', '/v1/blocks/latest', '/v1/blocks/105']) {
      const answer = fetch(app.http + path);
      if (fault === 'never answers') {
        answer.catch(() => undefined);
        continue;
      }
      const { status } = await answer;
      expect({ path, status }).toEqual({ path, status: 500 });
      expect(await (await answer).text()).not.toContain('secret');
    }
    await app.announce(chain.tip);
    expect(await client.next()).toBe(blockMessage('new_block', chain.tip));
    jest.restoreAllMocks();
    expect((await get(app, '/v1/blocks/latest')).status).toBe(200);
  });

  it.each(['throws', 'rejects', 'answers nonsense'])(
    'that %s before it is served keep it from starting, and say why',
    async (fault) => {
      @Injectable()
      class FailingChain extends FixedChain {
        override latest = FAULTS[fault] as never;
      }
      await expect(apps.start({ basalt: { chain: FailingChain } })).rejects.toThrow();
    },
  );
});

describe('the HTTP endpoints of a node that follows another', () => {
  it('show what was followed, and ask the source for the rest', async () => {
    const followed = new ToyChain(0, 10);
    const source = await nodes.start({ answer: answersOf(followed) });
    const app = await apps.start({ basalt: { mode: 'rpc', syncSource: source.url } });
    expect((await get(app, '/v1/sync/status')).body).toMatchObject({ latestBlock: 10 });
    source.announce(...followed.grow(1));
    await until(() => app.blocks.latest?.number === 11);
    // The stream did not tell its base fee.
    expect((await get(app, '/v1/blocks/11')).body).toEqual(followed.tip);
    expect((await get(app, '/v1/blocks/3')).body).toEqual(followed.at(3));
    await source.stop();
    expect((await get(app, '/v1/blocks/latest')).body).toEqual({ ...followed.tip, baseFee: '0' });
    expect((await get(app, '/v1/blocks/10')).body).toEqual(followed.at(10));
    expect((await get(app, '/v1/blocks/3')).status).toBe(404);
    expect((await get(app, `/v1/blocks/${toyBlock(50).hash}`)).status).toBe(404);
  });
});
