/** The mining socket's JSON-RPC: envelope, errors and closes of contract 3.1, over real connections. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestClient } from '@sluice/testing';
import { frame, RawClient } from '@sluice/testing';
import { MiningApp } from './support/mining-app.js';

let app: MiningApp;
let miner: TestClient;

beforeEach(async () => {
  app = await MiningApp.start();
  miner = await app.miner();
});
afterEach(() => app.stop());

const error = (code: number, message: string) =>
  `{"id":null,"error":{"code":${code},"message":"${message}"},"result":null}`;
const PARSE_ERROR = error(-32700, 'Parse error');
const INVALID_REQUEST = error(-32600, 'Invalid Request');
const METHOD_NOT_FOUND = error(-32601, 'Method not found');
const INVALID_PARAMS = error(-32602, 'Invalid params');
const INTERNAL_ERROR = error(-32603, 'Internal error');

/** A request whose answer is short. */
const submission = (id: string) => `{"id":${id},"method":"mining.submit","params":["00"]}`;

const answered = (id: string) => `{"id":${id},"error":null,"result":false}`;

async function expectClosed(client = miner): Promise<void> {
  expect(await client.closed()).toEqual({ code: 1005, reason: '', clean: true });
  expect(client.pending).toBe(0);
}

describe('an id', () => {
  beforeEach(() => {
    app.chain.mayMine = false;
  });

  it.each([
    '0',
    '-1',
    '""',
    '"pool-1"',
    '"\\"q\\""',
    'false',
    'true',
    '1.5',
    '[]',
    '{}',
    '[1,[null,"a"],{"b":{}}]',
    '{"a":{"b":[18446744073709551616]}}',
    '9007199254740993',
    '-340282366920938463463374607431768211455',
    '"💎é\u2028"',
  ])('hathor §3.1: %s is echoed with value and type', async (id) => {
    miner.send(submission(id));
    expect(await miner.next()).toBe(answered(id));
  });

  it('hathor §3.1: of which there are two counts the last one', async () => {
    miner.send(
      '{"id":1,"id":2,"method":"mining.nothing","method":"mining.submit","params":["00"]}',
    );
    expect(await miner.next()).toBe(answered('2'));
  });

  it.each(['{"method":"mining.submit","params":["00"]}', submission('null')])(
    'hathor §3.1: %s is carried out without an answer',
    async (request) => {
      miner.send(request);
      await miner.expectSilence();
    },
  );
});

describe('a request without id', () => {
  it('hathor §3.1: has its block taken in, without an answer', async () => {
    miner.send({ method: 'mining.submit', params: [await app.block()] });
    expect(await miner.nextJson()).toMatchObject({ method: 'mining.notify', id: null });
    expect(app.chain.taken).toHaveLength(1);
  });

  it('hathor §3.1: is told of an error', async () => {
    miner.send('{"method":"mining.submit"}');
    expect(await miner.next()).toBe(INVALID_PARAMS);
  });
});

describe('a request', () => {
  it.each(['mining.refresh', 'mining_refresh'])(
    'hathor §3.1: may call %s, with parameters that are absent, an empty list or an empty object',
    async (method) => {
      for (const params of ['', ',"params":[]', ',"params":{}', ',"params":[],"jsonrpc":"1.0"']) {
        miner.send(`{"id":"r","method":"${method}"${params},"more":1}`);
        expect(await miner.nextJson()).toMatchObject({ id: 'r', error: null, result: [{}] });
      }
    },
  );

  it.each(['mining.submit', 'mining_submit'])(
    'hathor §3.1: may call %s with parameters by position or by name',
    async (method) => {
      app.chain.mayMine = false;
      const calls = [['00'], ['00', true], { hexdata: '00' }, { optimistic: 1, hexdata: '00' }];
      for (const params of calls) {
        miner.send({ id: 1, method, params });
        expect(await miner.next()).toBe(answered('1'));
      }
    },
  );

  it('hathor §7.92 mining.refresh answers with the request’s id and a one-element list', async () => {
    miner.send({ jsonrpc: '2.0', id: 'kQ8xZ1b0aT', method: 'mining.refresh' });
    const answer = await miner.nextJson<{ result: unknown[] }>();
    expect(Object.keys(answer)).toEqual(['id', 'error', 'result']);
    expect(answer).toMatchObject({ id: 'kQ8xZ1b0aT', error: null });
    expect(answer.result).toHaveLength(1);
  });

  it('hathor §3.3 mining.refresh answers with an empty list while the node may not mine', async () => {
    app.chain.mayMine = false;
    miner.send({ id: 1, method: 'mining.refresh' });
    expect(await miner.next()).toBe('{"id":1,"error":null,"result":[]}');
  });

  it('comes in a binary frame as well', async () => {
    miner.send(Buffer.from('{"id":1,"method":"mining.submit","params":{}}'));
    expect(await miner.next()).toBe(INVALID_PARAMS);
  });
});

describe('an error after which the connection stays', () => {
  it.each([
    ['an unknown method', { method: 'mining.subscribe', params: [] }, METHOD_NOT_FOUND],
    ['authorize', { method: 'mining.authorize', params: null }, METHOD_NOT_FOUND],
    ['notify', { method: 'mining.notify' }, METHOD_NOT_FOUND],
    ['no method name at all', { method: '' }, METHOD_NOT_FOUND],
    ['a member of all objects', { method: 'constructor' }, METHOD_NOT_FOUND],
    ['refresh with a parameter', { method: 'mining.refresh', params: [1] }, INVALID_PARAMS],
    ['refresh with a name', { method: 'mining.refresh', params: { a: 1 } }, INVALID_PARAMS],
    ['refresh with null', { method: 'mining.refresh', params: null }, INVALID_PARAMS],
    ['refresh with false', { method: 'mining.refresh', params: false }, INVALID_PARAMS],
    ['refresh with a number', { method: 'mining.refresh', params: 0 }, INVALID_PARAMS],
  ])('hathor §3.1, §7.93, §7.97: %s', async (_, request, expected) => {
    miner.send({ id: 3, ...request });
    expect(await miner.next()).toBe(expected);
    miner.send({ id: 4, method: 'mining.refresh' });
    expect(await miner.nextJson()).toMatchObject({ id: 4, error: null });
  });
});

describe('an error that ends the connection', () => {
  it.each<[string, string | Buffer, string]>([
    ['text that is not JSON', '{"id":1,', PARSE_ERROR],
    ['an empty message', '', PARSE_ERROR],
    ['an empty binary message', Buffer.alloc(0), PARSE_ERROR],
    ['white space', ' \n', PARSE_ERROR],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), PARSE_ERROR],
    ['a byte order mark', '\ufeff{"id":1,"method":"mining.refresh"}', PARSE_ERROR],
    ['two documents', '{"id":1,"method":"mining.refresh"}{}', PARSE_ERROR],
    ['an object without method', '{"id":1}', INVALID_REQUEST],
    ['an empty object', '{}', INVALID_REQUEST],
    ['a text', '"mining.refresh"', INTERNAL_ERROR],
    ['a number', '5', INTERNAL_ERROR],
    ['null', 'null', INTERNAL_ERROR],
    ['a method that is a number', '{"id":1,"method":5}', INTERNAL_ERROR],
    ['a method that is null', '{"id":1,"method":null}', INTERNAL_ERROR],
    ['a method that is a list', '{"id":1,"method":["mining.refresh"]}', INTERNAL_ERROR],
    ['a list in a batch', '[[]]', INTERNAL_ERROR],
    ['null in a batch', '[null]', INTERNAL_ERROR],
    ['an empty object in a batch', '[{}]', INVALID_REQUEST],
  ])('hathor §3.1, §7.94: %s is answered, then comes an empty Close', async (_, text, expected) => {
    miner.send(text);
    expect(await miner.next()).toBe(expected);
    await expectClosed();
  });

  it.each([
    ['-32700', '{"id":1,', false, PARSE_ERROR],
    ['-32600', '{}', false, INVALID_REQUEST],
    ['-32600 in a batch', '[{},{"method":"mining.refresh","id":1}]', false, INVALID_REQUEST],
    ['-32603', 'null', false, INTERNAL_ERROR],
    ['-32603 for a block', submission('0'), false, INTERNAL_ERROR],
    ['-32603 from a slow chain', submission('0'), true, INTERNAL_ERROR],
  ])(
    'hathor §3.1: nothing that was sent behind %s is carried out',
    async (_, fault, later, expected) => {
      const client = await RawClient.connect(app.socket);
      await client.nextFrame();
      app.chain.later = later;
      const block = { id: 1, method: 'mining.submit', params: [await app.block()] };
      const requests = [fault, JSON.stringify(block), JSON.stringify([block])];
      client.write(Buffer.concat(requests.map((payload) => frame({ payload }))));
      expect(await client.nextFrame()).toMatchObject({ kind: 'text', text: expected });
      expect(await client.nextFrame()).toMatchObject({ kind: 'close' });
      client.reset();
      await app.chain.templates();
      expect(app.chain.taken).toEqual([]);
    },
  );

  it('hathor §0.1 T3: text that is not UTF-8 drops the connection', async () => {
    const client = await RawClient.connect(app.socket);
    await client.nextFrame();
    client.write(frame({ payload: Buffer.of(0x22, 0xff, 0x22) }));
    expect(await client.ended()).not.toBe('local');
    expect(client.received).toBe(1);
  });
});

describe('a batch', () => {
  it('hathor §3.1: is answered in order, one frame for each answer', async () => {
    app.chain.mayMine = false;
    const requests = [
      submission('1'),
      '{"id":2,"method":"nope"}',
      submission('null'),
      '{"id":3,"method":"mining.refresh","params":[1]}',
      '{"id":4,"method":"mining.refresh"}',
    ];
    miner.send(`[${requests.join(',')}]`);
    const frames = [answered('1'), METHOD_NOT_FOUND, INVALID_PARAMS];
    expect(await miner.take(4)).toEqual([...frames, '{"id":4,"error":null,"result":[]}']);
    await miner.expectSilence();
  });

  it('hathor §3.1: of no requests is not answered', async () => {
    miner.send('[]');
    await miner.expectSilence();
  });

  it('hathor §3.1: is not processed any further after -32603', async () => {
    app.chain.later = true;
    const block = await app.block();
    miner.send([
      { id: 1, method: 'mining.submit', params: ['zz'] },
      { id: 2, method: 'mining.submit', params: [block] },
    ]);
    expect(await miner.next()).toBe(INTERNAL_ERROR);
    await expectClosed();
    expect(app.chain.taken).toEqual([]);
  });

  it('is worked off however long it is, in order', async () => {
    app.chain.mayMine = false;
    const ids = Array.from({ length: 3000 }, (_, id) => String(id));
    miner.send(`[${ids.map(submission).join(',')}]`);
    expect(await miner.take(ids.length)).toEqual(ids.map(answered));
  });

  it('of more than 10 000 requests is refused whole', async () => {
    const request = { id: 1, method: 'mining.submit', params: [await app.block()] };
    miner.send([request, ...Array<object>(10_000).fill({ method: 'mining.refresh' })]);
    expect(await miner.next()).toBe(INTERNAL_ERROR);
    await expectClosed();
    expect(app.chain.taken).toEqual([]);
  });

  it('goes on with the requests of the next message when it is done', async () => {
    app.chain.later = true;
    app.chain.mayMine = false;
    miner.send(`[${submission('1')},${submission('2')}]`);
    miner.send(submission('3'));
    expect(await miner.take(3)).toEqual(['1', '2', '3'].map(answered));
  });
});

describe('the chain’s own failure', () => {
  it('hathor §3.1: is -32603 and an empty Close, and costs other miners nothing', async () => {
    const other = await app.miner();
    app.chain.templates = () => {
      throw new Error('a fault');
    };
    miner.send({ id: 1, method: 'mining.refresh' });
    expect(await miner.next()).toBe(INTERNAL_ERROR);
    await expectClosed();
    await other.expectSilence();
  });
});
