/** Contract 1.6, "Content" and "Opening": streams of addresses that the client names. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { TestClient } from '@sluice/testing';
import type { HathorWalletOptions } from '../src/index.js';
import type { Frame } from './support/stream-client.js';
import { addressesOf, inWords, manual, refusal, streamed } from './support/stream-client.js';
import { WalletApp } from './support/wallet-app.js';
import { addressAt, addresses, addressPairs } from './support/wallet-keys.js';
import { idOf } from './support/vertex-data.js';

let app: WalletApp;

async function start(wallet: HathorWalletOptions = {}): Promise<TestClient> {
  app = await WalletApp.start({ wallet });
  return app.client();
}

afterEach(() => app.stop());

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
