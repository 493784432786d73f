/** Contract 1.6, "Content" and "Opening": what streams bring, and which are refused. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { TestClient } from '@sluice/testing';
import type { HathorWalletOptions } from '../src/index.js';
import type { Frame } from './support/stream-client.js';
import { addressesOf, inWords, manual, refusal, streamed, xpub } from './support/stream-client.js';
import { accept, WalletApp } from './support/wallet-app.js';
import { addressAt, addresses, addressPairs, XPRIV, XPUB } from './support/wallet-keys.js';
import { idOf } from './support/vertex-data.js';

let app: WalletApp;

async function start(wallet: HathorWalletOptions = {}): Promise<TestClient> {
  app = await WalletApp.start({ wallet });
  return app.client();
}

afterEach(() => app.stop());

describe('a stream of an extended public key', () => {
  it('hathor §7.30: begins with address 0 of the wallet', async () => {
    const client = await start();
    client.send(xpub());
    expect(addressesOf(await streamed(client))).toEqual(addressPairs(20));
  });

  it('hathor §7.31: begins with the address of `first-index`', async () => {
    const client = await start();
    client.send(xpub({ 'first-index': 8, 'gap-limit': 3 }));
    expect(addressesOf(await streamed(client))).toEqual(addressPairs(3, 8));
  });

  it('hathor §7.32: ends after as many addresses without history as the gap limit says', async () => {
    const client = await start();
    client.send(xpub({ 'gap-limit': 8 }));
    const frames = await streamed(client);
    expect(frames.map(inWords)).toEqual([
      'begin',
      ...addresses(8).map((_, index) => `address ${index}`),
      'end',
    ]);
  });

  it('counts the gap anew after an address with history', async () => {
    const client = await start();
    app.chain.add({ name: 'a', outputs: [addressAt(2)] });
    client.send(xpub({ 'gap-limit': 3 }));
    const frames = await streamed(client);
    expect(frames.map(inWords)).toEqual([
      'begin',
      'address 0',
      'address 1',
      'address 2',
      `vertex ${idOf('a')}`,
      'address 3',
      'address 4',
      'address 5',
      'end',
    ]);
  });

  it.each([0, -1, 1, 0.5])(
    'hathor §7.48: with gap limit %p looks at one empty address',
    async (limit) => {
      const client = await start();
      client.send(xpub({ 'gap-limit': limit }));
      expect((await streamed(client)).map(inWords)).toEqual(['begin', 'address 0', 'end']);
    },
  );

  it.each(['xpub', '', XPRIV, `${XPUB.slice(0, -1)}1`, 7])(
    'hathor §7.47: is refused for the key %p, and a correct request right after succeeds',
    async (key) => {
      const client = await start();
      expect(await refusal(client, xpub({ xpub: key }))).toEqual({
        type: 'stream:history:error',
        id: 's',
        errmsg: `Invalid XPub: ${key}`,
      });
      client.send(xpub({ 'gap-limit': 1 }));
      expect((await streamed(client)).map(inWords)).toEqual(['begin', 'address 0', 'end']);
    },
  );

  it.each(['{"toString":1}', '{"__proto__":null}', '[[{"valueOf":"x"}]]', '12345678901234567890'])(
    'hathor §7.47: is refused for the key %s, which is no text',
    async (key) => {
      const client = await start();
      client.send(`{"type":"request:history:xpub","id":"s","xpub":${key}}`);
      expect(await client.nextJson()).toMatchObject({ errmsg: `Invalid XPub: ${key}` });
    },
  );

  it('ends with the last child that can be derived', async () => {
    const client = await start();
    client.send(xpub({ 'first-index': 2 ** 31 - 2 }));
    const frames = await streamed(client);
    expect(frames.map(({ index }) => index)).toEqual([
      undefined,
      2 ** 31 - 2,
      2 ** 31 - 1,
      undefined,
    ]);
  });
});

describe('a stream of either kind', () => {
  it('sends the vertices of each address by time and id, voided ones too, again under each address', async () => {
    const client = await start();
    const both = [addressAt(0), addressAt(1)];
    app.chain.add({ name: 'late', timestamp: 30, outputs: [addressAt(0)], voidedBy: ['x'] });
    for (const name of ['a', 'b', 'c']) app.chain.add({ name, timestamp: 20, outputs: both });
    app.chain.add({ name: 'early', timestamp: 10, outputs: [addressAt(1)] });
    client.send(xpub({ 'gap-limit': 1 }));
    const sameTime = ['a', 'b', 'c'].map(idOf).sort();
    expect((await streamed(client)).map(inWords)).toEqual([
      'begin',
      'address 0',
      ...[...sameTime, idOf('late')].map((id) => `vertex ${id}`),
      'address 1',
      ...[idOf('early'), ...sameTime].map((id) => `vertex ${id}`),
      'address 2',
      'end',
    ]);
  });

  it('writes large values with all their digits and `spent_by` also where it is null', async () => {
    const client = await start();
    app.chain.add({ name: 'a', outputs: [{ address: addressAt(0), value: 2n ** 63n - 1n }] });
    client.send(xpub({ 'gap-limit': 1 }));
    const texts = await client.take(3);
    expect(texts[2]).toContain('"value":9223372036854775807,');
    expect(texts[2]).toContain('"spent_by":null');
    expect(texts[2]).not.toMatch(/": |, "/);
  });

  it('leaves its addresses subscribed when it is over', async () => {
    const client = await start();
    client.send(xpub({ 'gap-limit': 2 }));
    const { seq } = (await streamed(client)).at(-1) ?? {};
    client.send({ type: 'request:history:ack', id: 's', ack: seq });
    accept(app, { name: 'a', outputs: [addressAt(1)] });
    expect(await client.nextJson()).toMatchObject({ address: addressAt(1) });
    expect(app.stats.subscribedAddresses).toBe(2);
  });

  it.each([
    [{ maxSubsAddrsConn: 2 }, 'Reached maximum number of subscribed addresses (2).'],
    [{ maxSubsAddrsEmpty: 2 }, 'Reached maximum number of subscribed empty addresses (2).'],
  ])('hathor §7.45: is over when a limit of addresses is reached: %j', async (wallet, message) => {
    const client = await start(wallet);
    client.send(xpub());
    expect((await streamed(client)).map(inWords)).toEqual([
      'begin',
      'address 0',
      'address 1',
      `Address subscription failed: ${message}`,
    ]);
    expect(await refusal(client, { type: 'request:history:stop', id: 's' })).toMatchObject({
      errmsg: 'No streaming opened.',
    });
  });

  it.each([xpub, manual])(
    'hathor §7.38: is refused with a gap limit above 10 000',
    async (open) => {
      const client = await start();
      for (const limit of [10_000.5, 10_001, 2 ** 60]) {
        expect(await refusal(client, open({ 'gap-limit': limit }))).toEqual({
          type: 'stream:history:error',
          id: 's',
          errmsg: 'GAP limit is too big. Maximum: 10000',
        });
      }
      client.send(open({ 'gap-limit': 10_000, addresses: [] }));
      expect((await client.nextJson<Frame>()).type).toBe('stream:history:begin');
    },
  );

  it('hathor §7.39: manual, is not found unless the first request says so', async () => {
    const client = await start();
    for (const first of [false, undefined]) {
      expect(await refusal(client, manual({ first, addresses: [[0, 'a']] }))).toEqual({
        type: 'stream:history:error',
        id: 's',
        errmsg: 'Streaming not found. You must send first=true in your first message.',
      });
    }
  });

  it.each([
    ['xpub', xpub({ id: 'new' }), 'new'],
    ['xpub without a key', { type: 'request:history:xpub', id: 'new' }, 'new'],
    ['manual, first', manual({ id: 's' }), 's'],
    ['manual with another id', manual({ id: 'new', first: false }), 'new'],
  ])('hathor §7.40: keeps another one from being opened: %s', async (_, request, id) => {
    const client = await start();
    client.send(manual());
    await client.next();
    expect(await refusal(client, request)).toEqual({
      type: 'stream:history:error',
      id,
      errmsg: 'Streaming is already opened.',
    });
    expect(app.streams.size).toBe(1);
  });

  it.each([xpub(), manual(), { type: 'request:history:xpub' }])(
    'hathor §7.46: is refused without an id while streaming is disabled: %j',
    async (request) => {
      const client = await start({ historyStreaming: false });
      expect(await refusal(client, request)).toEqual({
        type: 'stream:history:error',
        id: '',
        errmsg: 'Streaming history is disabled.',
      });
    },
  );

  it('does not keep other commands and broadcasts waiting', async () => {
    const client = await start();
    client.send(manual({ addresses: addressPairs(1), 'window-size': 1 }));
    await client.next();
    client.send({ type: 'ping' });
    expect(await client.nextJson()).toEqual({ type: 'pong' });
    app.clock.advance(1000);
    expect(await client.nextJson()).toMatchObject({ type: 'dashboard:metrics' });
  });
});
