/** An application's chain that throws, rejects, answers nonsense, or never: it costs who asked, and nobody else. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { TestClient } from '@sluice/testing';
import { idOf } from './support/vertex-data.js';
import { MiningApp } from './support/mining-app.js';
import type { QuarryChain } from './support/quarry-chain.js';
import { addressAt, addressPairs } from './support/wallet-keys.js';

const PATIENCE_MS = 30_000;

/** What a port's method does instead of what it should. */
const FAULTS: Readonly<Record<string, () => unknown>> = {
  throws: () => {
    throw new Error('a secret of the application');
  },
  rejects: () => Promise.reject(new Error('a secret of the application')),
  'answers nothing': () => Promise.resolve(undefined),
};
const never = (): Promise<never> => new Promise(() => undefined);

type Method = keyof QuarryChain;
type Question = readonly [method: Method, what: string, message: () => object];

let app: MiningApp;

beforeEach(async () => {
  app = await MiningApp.start();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await app.stop();
});

const wallet = async (): Promise<TestClient> => {
  const client = await app.connect('/v1a/ws');
  await client.next();
  return client;
};

const ways = <T extends readonly unknown[]>(questions: readonly T[]) =>
  Object.keys(FAULTS).flatMap((fault) =>
    questions.map((question) => [fault, ...question] as const),
  );

function breakPort(method: Method, fault: () => unknown): void {
  jest.spyOn(app.chain, method as 'canMine').mockImplementation(fault as never);
}

/** The socket serves others, and whoever comes next. */
async function expectServed(other: TestClient): Promise<void> {
  await other.ping();
  jest.restoreAllMocks();
  const next = await app.miner();
  next.send({ id: 'next', method: 'mining.refresh' });
  expect(await next.nextJson()).toMatchObject({ id: 'next', error: null });
}

describe('at the mining socket', () => {
  let block: string;
  const submit = (optimistic: boolean) => () => ({
    id: 1,
    method: 'mining.submit',
    params: [block, optimistic],
  });
  const QUESTIONS: readonly Question[] = [
    ['canMine', 'mining.refresh', () => ({ id: 1, method: 'mining.refresh' })],
    ['templates', 'mining.refresh', () => ({ id: 1, method: 'mining.refresh' })],
    ['templateOn', 'an optimistic mining.submit', submit(true)],
    ['submitBlock', 'mining.submit', submit(false)],
  ];

  // Of most questions nothing at all is an answer, too: that there is none, or that it may not.
  const failing = ways(QUESTIONS).filter(
    ([fault, method]) => fault !== 'answers nothing' || method === 'templateOn',
  );

  it.each(failing)(
    'hathor §3.1: a chain that %s when asked for %s by %s costs one miner the connection',
    async (fault, method, _, message) => {
      block = await app.block();
      const [miner, other] = [await app.miner(), await app.miner()];
      breakPort(method, FAULTS[fault] ?? never);
      miner.send(message());
      const answers: string[] = [];
      for await (const text of miner) answers.push(text);
      expect((await miner.closed()).code).toBe(1005);
      expect(answers.at(-1)).toContain('-32603');
      expect(answers.join()).not.toContain('secret');
      await expectServed(other);
    },
  );

  it('a chain that never answers is given up after a while, and asked anew', async () => {
    const [miner, other] = [await app.miner(), await app.miner()];
    breakPort('templates', never);
    miner.send({ id: 1, method: 'mining.refresh' });
    await miner.expectSilence();
    jest.restoreAllMocks();
    other.send({ id: 2, method: 'mining.refresh' });
    await other.expectSilence();
    app.clock.advance(PATIENCE_MS);
    expect(await miner.nextJson()).toMatchObject({ error: { code: -32603 } });
    expect(await other.nextJson()).toMatchObject({ id: 2, error: null });
    await app.chain.addTransaction(idOf('new'));
    expect(await other.nextJson()).toMatchObject({ method: 'mining.notify' });
  });

  it('a chain that never takes a block holds up one miner, and not the end', async () => {
    block = await app.block();
    const [miner, other] = [await app.miner(), await app.miner()];
    breakPort('submitBlock', never);
    miner.send(submit(false)());
    await miner.expectSilence();
    await expectServed(other);
  });
});

describe('at the wallet socket', () => {
  const QUESTIONS: readonly Question[] = [
    [
      'isAddressUsed',
      'subscribe_address',
      () => ({ type: 'subscribe_address', address: addressAt(0) }),
    ],
    [
      'addressHistory',
      'request:history:manual',
      () => ({
        type: 'request:history:manual',
        id: 's',
        first: true,
        addresses: addressPairs(1),
      }),
    ],
  ];

  it.each(ways(QUESTIONS.filter(([method]) => method === 'addressHistory')))(
    'hathor T6: a chain that %s when asked for %s by %s costs one wallet the connection',
    async (fault, method, _, message) => {
      const [client, other] = [await wallet(), await wallet()];
      breakPort(method, FAULTS[fault] ?? never);
      client.send(message());
      const answers: string[] = [];
      for await (const text of client) answers.push(text);
      expect(answers.join()).not.toContain('secret');
      await expectServed(other);
    },
  );

  it.each(ways(QUESTIONS.filter(([method]) => method === 'isAddressUsed')))(
    'hathor T6: a chain that %s when asked for %s by %s costs one wallet the connection at most',
    async (fault, method, _, message) => {
      const [client, other] = [await wallet(), await wallet()];
      breakPort(method, FAULTS[fault] ?? never);
      for (let index = 0; index < 3; index++) client.send(message());
      await expectServed(other);
      await app.app.close();
      for await (const text of client) expect(text).not.toContain('secret');
    },
  );

  it('a dashboard that never comes is left out, and the next one comes', async () => {
    const client = await wallet();
    breakPort('dashboard', never);
    app.clock.advance(1000);
    await client.expectSilence();
    jest.restoreAllMocks();
    app.clock.advance(PATIENCE_MS);
    await client.expectSilence();
    app.clock.advance(1000);
    expect(await client.nextJson()).toMatchObject({ type: 'dashboard:metrics' });
  });

  it.each(['throws', 'rejects', 'answers nothing'])(
    'a dashboard of a chain that %s is left out, and the next one comes',
    async (fault) => {
      const client = await wallet();
      breakPort('dashboard', FAULTS[fault] ?? never);
      app.clock.advance(1000);
      await client.expectSilence();
      jest.restoreAllMocks();
      app.clock.advance(1000);
      expect(await client.nextJson()).toMatchObject({ type: 'dashboard:metrics' });
    },
  );
});

describe('over HTTP', () => {
  const REQUESTS: readonly (readonly [Method, string])[] = [
    ['networkSettings', 'version'],
    ['summary', 'status'],
    ['syncTrouble', 'health'],
    ['nodeVertex', `transaction?id=${idOf('a')}`],
    ['vertexPage', 'transaction?type=block&count=2'],
    ['token', 'thin_wallet/token?id=00'],
    ['tokens', 'thin_wallet/token'],
    ['vertexPage', 'thin_wallet/token_history?id=00&count=2'],
    ['addressHistory', `thin_wallet/address_balance?address=${addressAt(0)}`],
    ['addressHistory', `thin_wallet/address_search?address=${addressAt(0)}&count=2`],
    ['addressHistory', `thin_wallet/address_history?addresses[]=${addressAt(0)}`],
    ['submitTransaction', 'push_tx?hex_tx=00'],
    ['templates', 'get_block_template'],
    ['templates', 'mining'],
    ['miningInfo', 'getmininginfo'],
    ['transactionParents', 'tx_parents'],
    ['canMine', 'get_block_template'],
  ];

  it.each(Object.keys(FAULTS))(
    'a chain that %s costs one request, whatever it is asked for',
    async (fault) => {
      const other = await app.miner();
      for (const [method, path] of REQUESTS) {
        breakPort(method, FAULTS[fault] ?? never);
        const answer = await fetch(`${app.http}/v1a/${path}`);
        expect(await answer.text()).not.toContain('secret');
        const { status } = answer;
        if (fault !== 'answers nothing') expect({ path, status }).toEqual({ path, status: 500 });
        jest.restoreAllMocks();
      }
      await expectServed(other);
    },
  );
});
