/** `mining.submit`: the table of contract 3.6, row by row. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestClient } from '@sluice/testing';
import type { RegularBlock } from '../src/codec/index.js';
import {
  decodeVertex,
  encodeAddress,
  encodeVertex,
  hathorNetworks,
  templateData,
  unittestsGenesisBlock,
  unittestsGenesisTransaction1,
  vertexId,
} from '../src/codec/index.js';
import { mineBlock } from './mine.example.js';
import { hexBlock, MiningApp, NOW } from './support/mining-app.js';

const INVALID_PARAMS = {
  id: null,
  error: { code: -32602, message: 'Invalid params' },
  result: null,
};
const INTERNAL_ERROR = {
  id: null,
  error: { code: -32603, message: 'Internal error' },
  result: null,
};

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const TRANSACTION = hex(encodeVertex(unittestsGenesisTransaction1));

const withAuxPow = (hexdata: string, coinbaseHead: string, links: number) => {
  const head = Buffer.from(coinbaseHead);
  const sizes = [head.length, links].map((size) => size.toString(16).padStart(2, '0'));
  const auxPow = `${'00'.repeat(36)}${sizes[0]}${head.toString('hex')}00${sizes[1]}`;
  return `0003${hexdata.slice(4, -32)}${auxPow}${'00'.repeat(32 * links + 12)}`;
};

/** What no chain takes in, and the encoder does not write, but a node reads. */
const BROKEN: readonly [string, (hexdata: string) => string][] = [
  ['101 bytes of data', (hexdata) => `${hexdata.slice(0, -34)}65${'61'.repeat(101)}${'00'.repeat(16)}`],
  ['a weight that is no number', (hexdata) => hexdata.replace('4000000000000000', '7ff8000000000000')],
  ['an infinite weight', (hexdata) => hexdata.replace('4000000000000000', '7ff0000000000000')],
  ['an output of nothing', (hexdata) => hexdata.replace('00001900', '00000000')],
  ['a coinbase without Hath', (hexdata) => withAuxPow(hexdata, 'a coinbase', 0)],
  ['a coinbase with two of them', (hexdata) => withAuxPow(hexdata, 'Hath Hath', 1)],
  ['13 links', (hexdata) => withAuxPow(hexdata, 'Hath', 13)],
]; // prettier-ignore

let app: MiningApp;
let miner: TestClient;

beforeEach(async () => {
  app = await MiningApp.start();
  miner = await app.miner();
});
afterEach(() => app.stop());

function submit(params: unknown, id: unknown = 1): void {
  miner.send({ id, method: 'mining.submit', params });
}

/** The answer to a submission. */
async function answerTo(params: unknown): Promise<unknown> {
  submit(params);
  return miner.nextJson();
}

async function expectOpen(): Promise<void> {
  miner.send({ id: 'open', method: 'mining.refresh' });
  expect(await miner.nextJson()).toMatchObject({ id: 'open', error: null });
}

/** The answer came before the Close frame, which is empty. */
async function expectClosed(): Promise<void> {
  expect(await miner.closed()).toEqual({ code: 1005, reason: '', clean: true });
  expect(app.chain.taken).toEqual([]);
}

describe('mining.submit', () => {
  it.each([
    ['no parameters', undefined],
    ['an empty list', []],
    ['no hexdata', { optimistic: true }],
    ['an unknown name', { hexdata: TRANSACTION, block: '' }],
    ['three parameters', [TRANSACTION, false, 1]],
    ['null', null],
    ['a text', TRANSACTION],
  ])('hathor §3.6 row 1: %s is -32602, also while the node may not mine', async (_, params) => {
    expect(await answerTo(params)).toEqual(INVALID_PARAMS);
    app.chain.mayMine = false;
    expect(await answerTo(params)).toEqual(INVALID_PARAMS);
    await expectOpen();
  });

  it.each([['a text', 'zz'], ['null', null], ['a number', 5], ['a transaction', TRANSACTION]])(
    'hathor §3.6 row 2: while the node may not mine the result is false, with %s for hexdata',
    async (_, hexdata) => {
      app.chain.mayMine = false;
      const expected = { id: 1, error: null, result: false };
      expect(await answerTo([hexdata])).toEqual(expected);
      expect(await answerTo({ hexdata, optimistic: true })).toEqual(expected);
    },
  ); // prettier-ignore

  it('hathor §3.6 row 2: nor is a good block taken in then', async () => {
    const hexdata = await app.block();
    app.chain.mayMine = false;
    expect(await answerTo({ hexdata })).toEqual({ id: 1, error: null, result: false });
    expect(app.chain.taken).toEqual([]);
  });

  it.each([[null], [5], [true], [['00']], [{}]])(
    'hathor §3.6 row 3: hexdata %j is -32602, and the connection stays',
    async (hexdata) => {
      expect(await answerTo([hexdata])).toEqual(INVALID_PARAMS);
      expect(await answerTo({ hexdata })).toEqual(INVALID_PARAMS);
      await expectOpen();
    },
  );

  it.each([
    ['no hex', 'xyz!'],
    ['an odd number of digits', '000'],
    ['white space alone', ' \t\n'],
    ['white space within a byte', TRANSACTION.replace(/^(.)/, '$1 ')],
    ['white space that is not ASCII', `${TRANSACTION}\u00a0`],
    ['more than 48,000 bytes in pieces', '00 '.repeat(48_001)],
    ['a prefix', `0x${TRANSACTION}`],
    ['nothing', ''],
    ['a lone surrogate', '\ud800\ud800'],
    ['a single byte', '00'],
    ['an unknown version', '00ff00'],
    ['a transaction that is cut', TRANSACTION.slice(0, -2)],
    ['a transaction with a byte too many', `${TRANSACTION}00`],
    ['more than 48,000 bytes', '00'.repeat(48_001)],
    ['a megabyte', 'f'.repeat(1 << 20)],
  ])('hathor §3.6 row 4: %s is -32603 and closes', async (_, hexdata) => {
    expect(await answerTo({ hexdata })).toEqual(INTERNAL_ERROR);
    await expectClosed();
  });

  it('hathor §3.6 row 5: a transaction is answered false', async () => {
    expect(await answerTo([TRANSACTION])).toEqual({ id: 1, error: null, result: false });
    expect(await answerTo([TRANSACTION, true])).toMatchObject({ result: false });
    await expectOpen();
  });

  it.each<[string, Partial<RegularBlock>]>([
    ['on another block', { parents: ['ab'.repeat(32), 'cd'.repeat(32), 'ef'.repeat(32)] }],
    ['with too much data as well', { parents: ['ab'.repeat(32)], data: new Uint8Array(100) }],
    ['that is wrong in everything else', { parents: ['ab'.repeat(32)], outputs: [], timestamp: 0 }],
  ])('hathor §3.6 row 6: a block %s is answered false', async (_, changes) => {
    expect(await answerTo([await app.block(changes)])).toMatchObject({ id: 1, result: false });
    await expectOpen();
  });

  it.each(BROKEN)(
    'hathor §3.6 rows 6 and 7: a block with %s is answered false on another block, and -32603 on the best one',
    async (_, broken) => {
      const stale = broken(await app.block({ parents: ['ab'.repeat(32)] }));
      expect(await answerTo([stale])).toMatchObject({ id: 1, result: false });
      await expectOpen();
      expect(await answerTo([broken(await app.block())])).toEqual(INTERNAL_ERROR);
      await expectClosed();
    },
  );

  it('hathor §3.6 row 5: so is a transaction whose weight is no number', async () => {
    const weight = Buffer.alloc(8);
    weight.writeDoubleBE(unittestsGenesisTransaction1.weight);
    expect(TRANSACTION).toContain(weight.toString('hex'));
    const broken = TRANSACTION.replace(weight.toString('hex'), '7ff8000000000000');
    expect(await answerTo([broken])).toMatchObject({ id: 1, result: false });
    await expectOpen();
  });

  it.each([
    ['10', 'that calls a contract'],
    ['11', 'that pays fees'],
  ])('hathor §3.6 row 5: so is a transaction with a header %s, %s', async (header) => {
    expect(await answerTo([`${TRANSACTION}${header}0102030405`])).toMatchObject({ result: false });
    await expectOpen();
  });

  it('hathor §3.6 row 4: what follows a transaction and is no header is -32603', async () => {
    expect(await answerTo([`${TRANSACTION}12`])).toEqual(INTERNAL_ERROR);
    await expectClosed();
  });

  it('hathor §3.6: white space between the bytes does not count, as in a node', async () => {
    const hexdata = (await app.block()).replaceAll(/../g, '$&\t \r\n\v\f');
    expect(await answerTo([` ${hexdata}`])).toMatchObject({ id: 1, result: true });
  });

  it('hathor §3.6 row 6: so is the same block a second time, and another one of its height', async () => {
    const hexdata = await app.block();
    const rival = await app.block({ timestamp: NOW });
    expect(await answerTo([hexdata])).toMatchObject({ result: true });
    await miner.next();
    expect(await answerTo([hexdata])).toMatchObject({ result: false });
    expect(await answerTo([rival])).toMatchObject({ result: false });
    expect(app.chain.taken).toHaveLength(1);
  });

  it.each<[string, Partial<RegularBlock>]>([
    ['a weight below the minimum', { weight: 1.5 }],
    ['another reward', { outputs: [{ value: 6401n, tokenData: 0, script: new Uint8Array() }] }],
    ['no outputs', { outputs: [] }],
    ['a timestamp that is too early', { timestamp: 1_572_636_345 }],
    ['a timestamp that is too far in the future', { timestamp: NOW + 301 }],
    ['unknown signal bits', { signalBits: 1 }],
  ])('hathor §3.6 row 7: a block with %s is -32603 and closes', async (_, changes) => {
    expect(await answerTo([await app.block(changes)])).toEqual(INTERNAL_ERROR);
    await expectClosed();
  });

  it('hathor §3.6 row 7: a block without proof of work is -32603 and closes', async () => {
    const block = decodeVertex(Buffer.from(await app.block(), 'hex'));
    app.chain.weight = 60;
    expect(await answerTo([hex(encodeVertex({ ...block, weight: 60 }))])).toEqual(INTERNAL_ERROR);
    await expectClosed();
  });

  it('hathor §3.6 row 7: a block whose weight is far below 0 is -32603, the miner’s fault and nobody else’s', async () => {
    const hexdata = (await app.block()).replace('4000000000000000', 'ff4e000000000000');
    expect(await answerTo([hexdata])).toEqual(INTERNAL_ERROR);
    await expectClosed();
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ hexdata });
    const url = `${app.http}/v1a/submit_block`;
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(400);
  });

  it('hathor §3.6 row 7: a block with parents of its own choice is -32603 and closes', async () => {
    const { parents: required } = await app.template();
    const parents = [required[0] ?? '', 'ab'.repeat(32), 'ab'.repeat(32)];
    expect(await answerTo([await app.block({ parents })])).toEqual(INTERNAL_ERROR);
    await expectClosed();
  });

  it('hathor §3.6 row 7: a block without parents, such as the first one, is -32603 and closes', async () => {
    expect(await answerTo([hex(encodeVertex(unittestsGenesisBlock))])).toEqual(INTERNAL_ERROR);
    await expectClosed();
  });

  it('hathor §3.6 row 8: a block that is accepted is answered true', async () => {
    const hexdata = await app.block({ data: Buffer.from('sluice'), timestamp: NOW });
    expect(await answerTo({ hexdata: hexdata.toUpperCase() })).toEqual({
      id: 1,
      error: null,
      result: true,
    });
    expect(hex(app.chain.taken[0]?.bytes ?? new Uint8Array())).toBe(hexdata);
  });

  it.each([[false], [null], [0], [''], [[]], [{}]])(
    'hathor §3.6 row 8: optimistic %j asks for nothing more',
    async (optimistic) => {
      expect(await answerTo([await app.block(), optimistic])).toMatchObject({ result: true });
    },
  );

  it.each([[true], [1], ['no'], [[0]], [{ a: 1 }]])(
    'hathor §3.6 row 9: with optimistic %j the result is a template on the block',
    async (optimistic) => {
      const hexdata = await app.block();
      const id = vertexId(decodeVertex(Buffer.from(hexdata, 'hex')));
      const { result } = (await answerTo({ hexdata, optimistic })) as {
        result: { parents: string[]; height: number; data: string };
      };
      expect(result).toMatchObject({ height: 2, reward: 6400 });
      expect(result.parents[0]).toBe(id);
      expect(result.data).toContain(id);
      const { params } = await miner.nextJson<{ params: unknown }>();
      expect(params).toEqual([result]);
    },
  );

  it('hathor §3.6: a refused block with optimistic gives the same results as without', async () => {
    const stale = await app.block({ parents: ['ab'.repeat(32)] });
    expect(await answerTo([stale, true])).toMatchObject({ result: false });
    expect(await answerTo([await app.block({ weight: 1 }), true])).toEqual(INTERNAL_ERROR);
    await expectClosed();
  });

  it('a block that was mined as the README shows is taken in', async () => {
    const to = encodeAddress('P2PKH', new Uint8Array(20), hathorNetworks.mainnet);
    const hexdata = mineBlock({ data: templateData(await app.template()) }, to);
    expect(await answerTo({ hexdata })).toMatchObject({ result: true });
    expect(app.chain.taken[0]?.block.outputs[0]?.script).toHaveLength(25);
  });

  it('a block that was mined by the template alone is taken in, one after the other', async () => {
    for (let height = 1; height <= 20; height++) {
      submit([hexBlock(await app.template())], height);
      expect(await miner.nextJson()).toEqual({ id: height, error: null, result: true });
      const { params } = await miner.nextJson<{ params: [{ height: number }] }>();
      expect(params[0].height).toBe(height + 1);
    }
    expect(app.chain.taken).toHaveLength(20);
  });
});
