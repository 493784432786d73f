/** What pools and mining services ask over HTTP (contract 4), on both HTTP adapters. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { parseJson } from '@sluice/engine';
import type { RegularBlock } from '../src/codec/index.js';
import {
  addressScript,
  decodeVertex,
  encodeVertex,
  hathorNetworks,
  mine,
  unittestsGenesisTransaction1,
} from '../src/codec/index.js';
import { MiningApp, NOW } from './support/mining-app.js';
import { address } from './support/shelf-chain.js';

const TIP = 'ab'.repeat(32);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const MINE = Buffer.from(addressScript(address(1), hathorNetworks.unittests));

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])('mining over HTTP on %s', (_name, adapter) => {
  let app: MiningApp;

  beforeEach(async () => {
    app = await MiningApp.start({
      create: (module) => module.createNestApplication(adapter(), { logger: false }),
    });
  });
  afterEach(() => app.stop());

  const call = (path: string, init?: RequestInit) => fetch(`${app.http}/v1a/${path}`, init);

  /** Status and answer. */
  async function get(path: string): Promise<[number, unknown]> {
    const response = await call(path);
    return [response.status, parseJson(await response.text())];
  }

  async function post(body: unknown): Promise<[number, unknown]> {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await call('submit_block', init);
    return [response.status, await response.json()];
  }

  it('hathor §4 GET get_block_template: a block without proof of work, at the time of the clock', async () => {
    const { parents } = await app.template();
    expect(await get('get_block_template')).toEqual([
      200,
      {
        timestamp: NOW,
        version: 0,
        weight: 2,
        signal_bits: 0,
        parents,
        outputs: [{ value: 6400, token_data: 0, script: '' }],
        metadata: expect.objectContaining({ height: 1, score: expect.any(Number) }),
        tokens: [],
        data: '',
        token_amount_version: 1,
      },
    ]);
  });

  it('hathor §4 GET get_block_template: three parents, the address paid, merge-mined if asked for', async () => {
    await app.chain.addTransaction(TIP);
    const query = `address=${address(1)}&capabilities=mergedmining&capabilities=other`;
    expect(await get(`get_block_template?${query}`)).toMatchObject([
      200,
      {
        version: 3,
        parents: [expect.any(String), TIP, expect.any(String)],
        outputs: [{ value: 6400, script: MINE.toString('base64') }],
      },
    ]);
  });

  it('hathor §4 GET get_block_template: the clock counts within the bounds', async () => {
    const templates = app.chain.templates.bind(app.chain);
    app.chain.templates = async () =>
      (await templates()).map((template) => ({
        ...template,
        timestamp_max: 1_600_000_000,
      }));
    expect(await get('get_block_template')).toMatchObject([200, { timestamp: 1_600_000_000 }]);
  });

  it('a block by get_block_template can be mined and submitted by submit_block', async () => {
    const [, answer] = await get(`get_block_template?address=${address(1)}`);
    const { signal_bits, ...members } = answer as Pick<
      RegularBlock,
      'timestamp' | 'weight' | 'parents'
    > & { readonly signal_bits: number };
    const block = mine<RegularBlock>({
      ...members,
      version: 0,
      signalBits: signal_bits,
      outputs: [{ value: 6400n, tokenData: 0, script: MINE }],
      data: new Uint8Array(),
      nonce: 0n,
    });
    const hexdata = block && hex(encodeVertex(block));
    expect(await post({ hexdata })).toEqual([200, { result: true }]);
    expect(await post({ hexdata })).toEqual([200, { result: false }]);
    expect(app.chain.taken).toHaveLength(1);
  });

  it('hathor §4 GET mining: parents and bytes of a block', async () => {
    const [, answer] = await get(`mining?address=${address(1)}`);
    const { parents, block_bytes } = answer as { parents: string[]; block_bytes: string };
    const block = decodeVertex(Buffer.from(block_bytes, 'base64'));
    expect(block).toMatchObject({ version: 0, timestamp: NOW, weight: 2, nonce: 0n, parents });
    expect(Buffer.from(block.outputs[0]?.script ?? [])).toEqual(MINE);
  });

  it('hathor §4 GET getmininginfo: figures of the network', async () => {
    app.chain.weight = 40;
    app.chain.best = { ...app.chain.best, height: 2 ** 40 };
    expect(await get('getmininginfo')).toEqual([
      200,
      {
        hashrate: expect.closeTo(2 ** 40 / 30, 0),
        difficulty: 2 ** 8,
        blocks: 2 ** 40,
        mined_tokens: 6400 * 2 ** 40,
        success: true,
      },
    ]);
    app.chain.weight = 2;
    expect(await get('getmininginfo')).toMatchObject([200, { difficulty: 1 }]);
  });

  it('hathor §4 GET tx_parents: two transactions', async () => {
    expect(await get('tx_parents')).toEqual([
      200,
      { success: true, tx_parents: app.chain.transactionParents() },
    ]);
  });

  it('hathor §4 GET health: passes', async () => {
    expect(await get('health')).toEqual([
      200,
      {
        status: 'pass',
        description: 'Hathor-core v0.72.0',
        checks: {
          sync: [
            {
              componentName: 'sync',
              componentType: 'internal',
              status: 'pass',
              output: 'Healthy',
              time: '2023-11-14T22:13:20Z',
            },
          ],
        },
      },
    ]);
  });

  it('hathor §4: a node that may not mine says so', async () => {
    app.chain.mayMine = false;
    expect(await get('get_block_template')).toEqual([503, { error: 'Node syncing' }]);
    expect(await get('mining')).toEqual([503, { reason: 'Node still syncing' }]);
    const stillSyncing = { success: false, message: 'Node still syncing' };
    expect(await get('getmininginfo')).toEqual([200, stillSyncing]);
    expect(await get('tx_parents')).toEqual([200, { success: false, message: 'Node syncing' }]);
    const hexdata = await app.block();
    expect(await post({ hexdata })).toEqual([400, { result: false, error: 'Node syncing' }]);
    const unhealthy = {
      status: 'fail',
      checks: { sync: [{ status: 'fail', output: "Node doesn't have a synced peer" }] },
    };
    expect(await get('health')).toMatchObject([503, unhealthy]);
    expect(await get('health?strict_status_code=1')).toMatchObject([200, unhealthy]);
  });

  it.each([
    ['nothing', {}, 'Missing hexadecimal data'],
    ['a number', { hexdata: 5 }, 'Missing hexadecimal data'],
    ['no hex', { hexdata: 'zz' }, 'hexdata: not hexadecimal'],
    ['a single byte', { hexdata: '00' }, 'version at offset 1: needs 1 bytes, 0 left'],
    ['a transaction', { hexdata: hex(encodeVertex(unittestsGenesisTransaction1)) }, 'Not a block'],
  ])('POST submit_block: %s is refused', async (_, body, error) => {
    expect(await post(body)).toEqual([400, { result: false, error }]);
  });

  it.each(['', '{', 'hexdata=00'])('POST submit_block: the body %j is refused', async (body) => {
    const response = await call('submit_block', { method: 'POST', body });
    expect(await response.json()).toEqual({ result: false, error: 'Missing hexadecimal data' });
  });

  it('POST submit_block: a block that is not valid is refused with the chain’s reason', async () => {
    const hexdata = await app.block({ weight: 1 });
    expect(await post({ hexdata })).toEqual([400, { result: false, error: 'weight too low' }]);
  });

  it.each([
    ['get_block_template', { error: 'Invalid address' }],
    ['mining', { success: false, message: 'Invalid address' }],
  ])('GET %s: an address of another network is refused', async (path, answer) => {
    const foreign = 'WdmDUMp8KvzhWB7KLgguA2wBiKsh4Ha8eX';
    expect(await get(`${path}?address=${foreign}`)).toEqual([400, answer]);
  });

  it('a miner hears of a block that came over HTTP', async () => {
    const miner = await app.miner();
    expect(await post({ hexdata: await app.block() })).toEqual([200, { result: true }]);
    expect(await miner.nextJson()).toMatchObject({ params: [{ height: 2 }] });
  });

  it.each(['get_block_template', 'submit_block', 'mining', 'health'])(
    'lets browsers of any origin call %s',
    async (path) => {
      const preflight = await call(path, { method: 'OPTIONS' });
      expect([preflight.status, await preflight.text()]).toEqual([200, '']);
      expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    },
  );
});
