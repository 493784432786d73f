/** Contract 1.3: subscriptions to addresses. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { MetricsRegistry } from '@sluice/engine';
import { METRICS } from '@sluice/nestjs';
import type { TestClient } from '@sluice/testing';
import { encodeAddress, hathorNetworks } from '../src/codec/index.js';
import { hathorMetrics } from '../src/index.js';
import { accept, WalletApp } from './support/wallet-app.js';
import type { WalletAppOptions } from './support/wallet-app.js';
import type { ScriptedChain } from './support/scripted-chain.js';
import { addressAt, addresses } from './support/wallet-keys.js';

let app: WalletApp;

async function start(options: WalletAppOptions<ScriptedChain> = {}): Promise<TestClient> {
  app = await WalletApp.start(options);
  return app.client();
}

afterEach(() => app.stop());

async function subscribe(client: TestClient, address: unknown): Promise<Record<string, unknown>> {
  client.send({ type: 'subscribe_address', address });
  const [answer] = (
    await client.untilJson<Record<string, unknown>>(({ type }) => type === 'subscribe_address')
  ).slice(-1);
  return answer ?? {};
}

async function outcomes(client: TestClient, list: readonly string[]): Promise<unknown[]> {
  const answers = [];
  for (const address of list) {
    const { success, message } = await subscribe(client, address);
    answers.push(message ?? success);
  }
  return answers;
}

const perConnection = (limit: number): string =>
  `Reached maximum number of subscribed addresses (${limit}).`;
const perEmpty = (limit: number): string =>
  `Reached maximum number of subscribed empty addresses (${limit}).`;

describe('subscribe_address', () => {
  it('hathor §7.7: answers success without a message and registers the address', async () => {
    const client = await start();
    expect(await subscribe(client, addressAt(0))).toEqual({
      type: 'subscribe_address',
      address: addressAt(0),
      success: true,
    });
    expect(app.stats.subscribedAddresses).toBe(1);
  });

  it('hathor §7.8: brings the history of that address', async () => {
    const client = await start();
    await subscribe(client, addressAt(0));
    const { hash, timestamp } = accept(app, { name: 'a', outputs: [addressAt(0)] });
    expect(await client.nextJson()).toMatchObject({
      type: 'wallet:address_history',
      address: addressAt(0),
      history: { tx_id: hash, timestamp },
    });
  });

  it('hathor §7.9: brings nothing of another address', async () => {
    const client = await start();
    await subscribe(client, addressAt(0));
    accept(app, { name: 'a', outputs: [addressAt(1)] });
    expect(await client.nextJson()).toMatchObject({ type: 'network:new_tx_accepted' });
    await client.expectSilence();
  });

  it.each([
    [
      'of 33 characters',
      encodeAddress('P2PKH', new Uint8Array(20), { name: '', p2pkhVersion: 0, multisigVersion: 1 }),
    ],
    ['of another network', encodeAddress('P2PKH', new Uint8Array(20), hathorNetworks.testnet)],
    ['with a wrong checksum', `${addressAt(0).slice(0, 33)}1`],
    ['with a character that base58 lacks', `${addressAt(0).slice(0, 33)}0`],
    ['that is empty', ''],
  ])('hathor §7.10: refuses an address %s', async (_, address) => {
    const client = await start();
    expect(await subscribe(client, address)).toEqual({
      type: 'subscribe_address',
      address,
      success: false,
      message: `Invalid address: ${address}`,
    });
    expect(app.stats.subscribedAddresses).toBe(0);
  });

  it('takes MultiSig addresses of the network', async () => {
    const client = await start();
    const address = encodeAddress('MultiSig', new Uint8Array(20), hathorNetworks.unittests);
    expect(await outcomes(client, [address])).toEqual([true]);
  });

  it.each([
    ['{"type":"subscribe_address"}', null],
    ['{"type":"subscribe_address","address":null}', null],
    ['{"type":"subscribe_address","address":5}', 5],
    ['{"type":"subscribe_address","address":["a"]}', ['a']],
  ])('hathor §7.27: answers %s with the address as it came', async (request, address) => {
    const client = await start();
    client.send(request);
    expect(await client.nextJson()).toEqual({
      type: 'subscribe_address',
      address,
      success: false,
      message: "Missing or invalid 'address' parameter.",
    });
  });

  it('hathor §7.12: refuses a fifth address at a limit of four, a known one too', async () => {
    const client = await start({ wallet: { maxSubsAddrsConn: 4 } });
    expect(await outcomes(client, [...addresses(5), addressAt(0)])).toEqual([
      ...Array.from({ length: 4 }, () => true),
      perConnection(4),
      perConnection(4),
    ]);
    expect(await outcomes(await app.client(), [addressAt(9)])).toEqual([true]);
  });

  it('takes a known address again below the limits, and counts it once', async () => {
    const client = await start({ wallet: { maxSubsAddrsConn: 2, maxSubsAddrsEmpty: 2 } });
    expect(await outcomes(client, [addressAt(0), addressAt(0), addressAt(1)])).toEqual([
      true,
      true,
      true,
    ]);
    expect(app.stats.subscribedAddresses).toBe(2);
  });

  it('refuses even an address with history while too many are empty', async () => {
    const client = await start({ wallet: { maxSubsAddrsEmpty: 2 } });
    accept(app, { name: 'a', outputs: [addressAt(7)] });
    expect(await outcomes(client, [...addresses(2), addressAt(7)])).toEqual([
      true,
      true,
      perEmpty(2),
    ]);
  });

  it('releases empty addresses that have a history by now, a voided one too', async () => {
    const client = await start({ wallet: { maxSubsAddrsEmpty: 2 } });
    await outcomes(client, addresses(2));
    accept(app, { name: 'a', outputs: [addressAt(0)], voidedBy: ['a'] });
    expect(await outcomes(client, addresses(2, 2))).toEqual([true, perEmpty(2)]);
  });

  it('counts no address with history as empty', async () => {
    const client = await start({ wallet: { maxSubsAddrsEmpty: 1 } });
    accept(app, { name: 'a', outputs: addresses(4) });
    expect(await outcomes(client, addresses(6))).toEqual([
      true,
      true,
      true,
      true,
      true,
      perEmpty(1),
    ]);
  });

  it('tells of the limit of the connection first', async () => {
    const client = await start({ wallet: { maxSubsAddrsConn: 1, maxSubsAddrsEmpty: 1 } });
    expect(await outcomes(client, addresses(2))).toEqual([true, perConnection(1)]);
  });

  it('follows a limit that changes at once, also one on what is subscribed already', async () => {
    const client = await start();
    await outcomes(client, addresses(3));
    app.limits.max_subs_addrs_empty = 3;
    expect(await outcomes(client, [addressAt(3)])).toEqual([perEmpty(3)]);
    app.limits.max_subs_addrs_empty = -1;
    app.limits.max_subs_addrs_conn = 0;
    expect(await outcomes(client, [addressAt(3)])).toEqual([perConnection(0)]);
    app.limits.max_subs_addrs_conn = -1;
    expect(await outcomes(client, [addressAt(3)])).toEqual([true]);
  });
});

describe('limits of subscriptions', () => {
  it.each(['max_subs_addrs_conn', 'max_subs_addrs_empty'] as const)(
    'hathor §7.13: %s reads back what was set, and refuses other negatives',
    async (name) => {
      await start();
      expect(app.limits[name]).toBe(-1);
      for (const limit of [10, 0, -1]) {
        app.limits[name] = limit;
        expect(app.limits[name]).toBe(limit);
      }
      for (const wrong of [-2, 1.5, NaN, Infinity]) {
        expect(() => (app.limits[name] = wrong)).toThrow(`${name} must be an integer from -1 on`);
      }
      expect(app.limits[name]).toBe(-1);
    },
  );
});

describe('unsubscribe_address', () => {
  it('hathor §7.11: answers without the address and ends the history', async () => {
    const client = await start();
    await subscribe(client, addressAt(0));
    client.send({ type: 'unsubscribe_address', address: addressAt(0) });
    expect(await client.next()).toBe('{"type":"unsubscribe_address","success":true}');
    accept(app, { name: 'a', outputs: [addressAt(0)] });
    expect(await client.nextJson()).toMatchObject({ type: 'network:new_tx_accepted' });
    await client.expectSilence();
    expect(app.stats.subscribedAddresses).toBe(0);
  });

  it.each([addressAt(1), 'abc', null, 5])(
    'answers nothing for %p, which is not subscribed',
    async (address) => {
      const client = await start();
      await subscribe(client, addressAt(0));
      client.send({ type: 'unsubscribe_address', address });
      client.send({ type: 'ping' });
      expect(await client.nextJson()).toEqual({ type: 'pong' });
      expect(app.stats.subscribedAddresses).toBe(1);
    },
  );

  it('makes room below both limits', async () => {
    const client = await start({ wallet: { maxSubsAddrsConn: 1, maxSubsAddrsEmpty: 1 } });
    await subscribe(client, addressAt(0));
    client.send({ type: 'unsubscribe_address', address: addressAt(0) });
    await client.next();
    expect(await outcomes(client, addresses(1, 1))).toEqual([true]);
  });
});

describe('figures of the wallet socket', () => {
  it('hathor §7.22: count connections, and distinct addresses over all of them', async () => {
    app = await WalletApp.start();
    expect([app.stats.connections, app.stats.subscribedAddresses]).toEqual([0, 0]);
    const client = await app.client();
    await outcomes(client, addresses(2));
    expect([app.stats.connections, app.stats.subscribedAddresses]).toEqual([1, 2]);
    await outcomes(await app.client(), addresses(2, 1));
    expect([app.stats.connections, app.stats.subscribedAddresses]).toEqual([2, 3]);
    const metrics = app.app.get<MetricsRegistry>(METRICS);
    expect(metrics.total(hathorMetrics.walletConnections)).toBe(2);
    expect(metrics.total(hathorMetrics.subscribedAddresses)).toBe(3);
  });
});
