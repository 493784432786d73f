/** Contract 1.6, "Content" and "Opening": what streams bring, and which are refused. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { TestClient } from '@sluice/testing';
import type { HathorWalletOptions } from '../src/index.js';
import type { Frame } from './support/stream-client.js';
import { inWords, refusal, streamed } from './support/stream-client.js';
import { accept, WalletApp } from './support/wallet-app.js';
import { addressAt, addresses, addressPairs, XPRIV, XPUB } from './support/wallet-keys.js';
import { idOf } from './support/vertex-data.js';

let app: WalletApp;

async function start(wallet: HathorWalletOptions = {}): Promise<TestClient> {
  app = await WalletApp.start({ wallet });
  return app.client();
}

afterEach(() => app.stop());

const xpub = (members: object = {}): object => ({
  type: 'request:history:xpub',
  id: 's',
  xpub: XPUB,
  ...members,
});
const manual = (members: object = {}): object => ({
  type: 'request:history:manual',
  id: 's',
  first: true,
  ...members,
});
const addressesOf = (frames: readonly Frame[]): unknown[] =>
  frames
    .filter(({ address }) => address !== undefined)
    .map(({ index, address }) => [index, address]);

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

  it('hathor §7.38: takes a gap limit of 10000, and not a fraction more', async () => {
    const client = await start();
    client.send(xpub({ 'gap-limit': 10_000, 'window-size': 1 }));
    expect((await client.nextJson<Frame>()).type).toBe('stream:history:begin');
    client.send({ type: 'request:history:stop', id: 's' });
    for (const limit of ['10000.5', '10001', '18446744073709551616']) {
      client.send(`{"type":"request:history:xpub","id":"s","xpub":"${XPUB}","gap-limit":${limit}}`);
      expect((await client.nextJson<Frame>()).errmsg).toBe('GAP limit is too big. Maximum: 10000');
    }
  });

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

describe('a stream of addresses that the client names', () => {
  it('hathor §7.33: brings the used address, its vertex, and as many empty ones as the gap limit says', async () => {
    const client = await start();
    app.chain.add({ name: 'a', outputs: [addressAt(0)] });
    client.send(manual({ 'gap-limit': 8, addresses: addressPairs(20) }));
    expect((await streamed(client)).map(inWords)).toEqual([
      'begin',
      'address 0',
      `vertex ${idOf('a')}`,
      ...addresses(8).map((_, at) => `address ${at + 1}`),
      'end',
    ]);
  });

  it('hathor §7.34: brings all addresses with `last`, and ends', async () => {
    const client = await start();
    client.send(manual({ addresses: addressPairs(12), last: true }));
    expect(addressesOf(await streamed(client))).toEqual(addressPairs(12));
  });

  it('hathor §7.35: waits without `last`, and goes on in order with the next request', async () => {
    const client = await start();
    client.send(manual({ addresses: addressPairs(8) }));
    expect(addressesOf(await client.takeJson<Frame>(9))).toEqual(addressPairs(8));
    await client.expectSilence();
    client.send(manual({ first: false, last: true, addresses: addressPairs(4, 8) }));
    const rest = await streamed(client);
    expect(addressesOf(rest)).toEqual(addressPairs(4, 8));
    expect(rest.map(({ seq }) => seq)).toEqual([9, 10, 11, 12, 13]);
  });

  it('ends when an empty request says that there was no more', async () => {
    const client = await start();
    client.send(manual({ addresses: addressPairs(1) }));
    await client.take(2);
    client.send({ type: 'request:history:manual', id: 's', last: true });
    expect((await client.nextJson<Frame>()).type).toBe('stream:history:end');
  });

  it.each([
    [{ first: true, addresses: [[0, 'a']] }, "Invalid address: AddressItem(index=0, address='a')"],
    [
      { first: true, addresses: [...addressPairs(1), [7, `${addressAt(0)}1`]] },
      `Invalid address: AddressItem(index=7, address='${addressAt(0)}1')`,
    ],
  ])('hathor §7.36: is refused whole for %j', async (members, errmsg) => {
    const client = await start();
    expect(await refusal(client, manual(members))).toMatchObject({ id: 's', errmsg });
    expect(app.streams.size).toBe(0);
    expect(app.stats.subscribedAddresses).toBe(0);
  });

  it('goes on when a later request is refused, which queues nothing', async () => {
    const client = await start();
    client.send(manual({ addresses: addressPairs(1) }));
    await client.take(2);
    const wrong = { first: false, addresses: [...addressPairs(1, 1), [9, 'a']], last: true };
    expect((await refusal(client, manual(wrong))).errmsg).toMatch(/^Invalid address/);
    client.send(manual({ first: false, addresses: addressPairs(1, 2), last: true }));
    expect((await streamed(client)).map(inWords)).toEqual(['address 2', 'end']);
  });

  it('hathor §7.37: numbers its frames from 0, and has exactly the members of the contract', async () => {
    const client = await start();
    app.chain.add({ name: 'a', outputs: [addressAt(0)] });
    client.send(manual({ 'gap-limit': 8, addresses: addressPairs(9) }));
    const frames = await streamed(client);
    const [data] = app.chain.addressHistory(addressAt(0));
    expect(frames).toEqual(
      [
        { type: 'stream:history:begin', id: 's', seq: 0, window_size: null },
        ...addressPairs(9).map(([index, address], at) => ({
          type: 'stream:history:address',
          id: 's',
          seq: at === 0 ? 1 : at + 2,
          index,
          address,
          subscribed: true,
        })),
        { type: 'stream:history:end', id: 's', seq: 11 },
      ].toSpliced(2, 0, { type: 'stream:history:vertex', id: 's', seq: 2, data } as never),
    );
  });

  it('hathor §7.49: may be empty', async () => {
    const client = await start();
    client.send(manual({ addresses: [], last: true }));
    expect((await streamed(client)).map(({ seq }) => seq)).toEqual([0, 1]);
  });

  it('hathor §7.44: is refused with more than 5000 addresses', async () => {
    const client = await start();
    const pair = [0, addressAt(0)];
    const tooMany = Array.from({ length: 5001 }, () => pair);
    expect(await refusal(client, manual({ addresses: tooMany }))).toMatchObject({
      errmsg: 'List of addresses is too long.',
    });
    expect(app.streams.size).toBe(0);
  });

  it('hathor §7.44: takes 5000 at once, and no more while they wait', async () => {
    const client = await start();
    const [pair] = addressPairs(1);
    client.send(manual({ addresses: Array(5000).fill(pair), 'window-size': 1 }));
    expect((await client.nextJson<Frame>()).type).toBe('stream:history:begin');
    const more = await refusal(client, manual({ first: false, addresses: [pair] }));
    expect(more.errmsg).toBe('List of addresses is too long.');
  });

  it('counts characters, not what JavaScript stores them in', async () => {
    const client = await start();
    const address = '\u{1F600}'.repeat(34);
    client.send(manual({ addresses: [[0, address]] }));
    expect((await streamed(client)).map(inWords)).toEqual([
      'begin',
      `Address subscription failed: Invalid address: ${address}`,
    ]);
  });

  it('brings an address as often as it is named', async () => {
    const client = await start();
    app.chain.add({ name: 'a', outputs: [addressAt(0)] });
    const [pair] = addressPairs(1);
    client.send(manual({ addresses: [pair, pair], last: true }));
    expect((await streamed(client)).map(inWords)).toEqual([
      'begin',
      'address 0',
      `vertex ${idOf('a')}`,
      'address 0',
      `vertex ${idOf('a')}`,
      'end',
    ]);
    expect(app.stats.subscribedAddresses).toBe(1);
  });

  it('gives back numbers beyond 2^53 with all their digits', async () => {
    const client = await start();
    client.send(
      `{"type":"request:history:manual","id":"s","first":true,"last":true,"window-size":9007199254740993,"addresses":[[9007199254740993,"${addressAt(0)}"]]}`,
    );
    expect(await client.next()).toContain('"window_size":9007199254740993}');
    expect(await client.next()).toContain('"index":9007199254740993,');
  });

  it('refuses an address with a wrong checksum when its turn comes', async () => {
    const client = await start();
    const wrong = `${addressAt(0).slice(0, 33)}1`;
    client.send(manual({ addresses: [...addressPairs(1), [1, wrong]] }));
    expect((await streamed(client)).map(inWords)).toEqual([
      'begin',
      'address 0',
      `Address subscription failed: Invalid address: ${wrong}`,
    ]);
    expect(app.streams.size).toBe(0);
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
      for (const limit of [10_001, 2 ** 60]) {
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
