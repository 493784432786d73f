/** Contract 1.6, "Flow control": acks, windows and stops over real sockets. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestClient } from '@sluice/testing';
import { eventually } from './support/eventually.js';
import type { Frame } from './support/stream-client.js';
import { inWords, refusal, streamed } from './support/stream-client.js';
import { WalletApp } from './support/wallet-app.js';
import { addressPairs, XPUB } from './support/wallet-keys.js';

let app: WalletApp;
let client: TestClient;

beforeEach(async () => {
  app = await WalletApp.start();
  client = await app.client();
});

afterEach(() => app.stop());

const seqs = (frames: readonly Frame[]): unknown[] => frames.map(({ seq }) => seq);
const open = (members: object = {}): void => {
  client.send({ type: 'request:history:xpub', id: 's', xpub: XPUB, ...members });
};
const ack = (members: object): void => {
  client.send({ type: 'request:history:ack', id: 's', ...members });
};
const stopped = { type: 'request:history:stop', id: 's' };
const NOT_OPEN = { type: 'stream:history:error', id: 's', errmsg: 'No streaming opened.' };

describe('the window of a history stream', () => {
  it('hathor §7.43: lets through as many frames as it is wide, and the next after an ack', async () => {
    open({ 'window-size': 3 });
    const first = await client.takeJson<Frame>(3);
    expect(seqs(first)).toEqual([0, 1, 2]);
    expect(first[0]?.window_size).toBe(3);
    await client.expectSilence();
    ack({ ack: 2 });
    expect(seqs(await client.takeJson<Frame>(3))).toEqual([3, 4, 5]);
    await client.expectSilence();
    ack({ ack: 4 });
    expect(seqs(await client.takeJson<Frame>(2))).toEqual([6, 7]);
    await client.expectSilence();
  });

  it('of 1 lets `begin` through alone, and of 0 nothing after it, acked or not', async () => {
    open({ 'window-size': 0 });
    expect(seqs(await client.takeJson<Frame>(1))).toEqual([0]);
    ack({ ack: 0 });
    await client.expectSilence();
    ack({ window: 1 });
    expect(seqs(await client.takeJson<Frame>(1))).toEqual([1]);
    await client.expectSilence();
  });

  it.each([null, -1, -7, undefined])('is unlimited with `window-size` %p', async (size) => {
    open({ 'window-size': size, 'gap-limit': 4 });
    const frames = await streamed(client);
    expect(frames[0]?.window_size).toBeNull();
    expect(seqs(frames)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('holds back `end` as any other frame', async () => {
    open({ 'window-size': 3, 'gap-limit': 2 });
    expect((await client.takeJson<Frame>(3)).map(inWords)).toEqual([
      'begin',
      'address 0',
      'address 1',
    ]);
    await client.expectSilence();
    ack({ ack: 0 });
    expect(inWords(await client.nextJson<Frame>())).toBe('end');
  });

  it('changes before anything more is sent when an ack narrows it', async () => {
    open({ 'window-size': 4 });
    await client.take(4);
    ack({ ack: 3, window: 1 });
    expect(seqs(await client.takeJson<Frame>(1))).toEqual([4]);
    await client.expectSilence();
    ack({ window: -1 });
    expect((await streamed(client)).at(-1)).toMatchObject({ type: 'stream:history:end', seq: 21 });
  });

  it('changes with a repeated ack, and with none', async () => {
    open({ 'window-size': 1 });
    await client.next();
    ack({ ack: -1, window: 2 });
    expect(seqs(await client.takeJson<Frame>(1))).toEqual([1]);
    ack({ ack: null, window: 3 });
    expect(seqs(await client.takeJson<Frame>(1))).toEqual([2]);
    await client.expectSilence();
  });

  it('that is no integer is an error after the ack has counted', async () => {
    open({ 'window-size': 1 });
    await client.next();
    ack({ ack: 0, window: 1.5 });
    const [error, next] = (await client.takeJson<Frame>(2)).sort((a) => (a.errmsg ? -1 : 1));
    expect(error).toEqual({ type: 'stream:history:error', id: 's', errmsg: 'Invalid window.' });
    expect(next?.seq).toBe(1);
  });
});

describe('request:history:ack', () => {
  it('hathor §7.41: without a stream, and with another id, is an error', async () => {
    for (const type of ['request:history:ack', 'request:history:stop']) {
      expect(await refusal(client, { type })).toEqual({ ...NOT_OPEN, id: '' });
      expect(await refusal(client, { type, id: 's', ack: 'x' })).toEqual(NOT_OPEN);
    }
    open({ 'window-size': 0 });
    await client.next();
    for (const type of ['request:history:ack', 'request:history:stop']) {
      expect(await refusal(client, { type, id: 't', ack: 'x' })).toEqual({
        type: 'stream:history:error',
        id: 't',
        errmsg: 'Current stream has a different id.',
      });
    }
    expect(app.streams.size).toBe(1);
  });

  it('hathor §7.42: of a frame that was not sent is an error and ends the stream', async () => {
    open();
    expect(await streamed(client)).toHaveLength(22);
    ack({ ack: 100 });
    expect(await client.nextJson()).toMatchObject({
      errmsg: 'Received ACK is higher than the last sent message (ack=100)',
    });
    expect(await refusal(client, stopped)).toEqual(NOT_OPEN);
  });

  it.each([
    [22, 'higher than the last sent message (ack=22)'],
    ['18446744073709551617', 'higher than the last sent message (ack=18446744073709551617)'],
    [-2, 'Outdated ACK received (ack=-2)'],
  ])('of %p is out of bounds; a window with it is ignored (D4)', async (value, message) => {
    open();
    await streamed(client);
    client.send(`{"type":"request:history:ack","id":"s","ack":${value},"window":"x"}`);
    expect((await client.nextJson<Frame>()).errmsg).toContain(message);
    expect(await refusal(client, stopped)).toEqual(NOT_OPEN);
  });

  it('that is older than the last one is outdated and ends the stream without `end`', async () => {
    open({ 'window-size': 3 });
    await client.take(3);
    ack({ ack: 1 });
    await client.take(2);
    ack({ ack: 0, window: 9 });
    expect(await client.nextJson()).toMatchObject({ errmsg: 'Outdated ACK received (ack=0)' });
    await client.expectSilence();
    expect(app.streams.size).toBe(0);
  });

  it.each(['"1"', '1.5', '[]', '{}'])(
    'of %s is invalid, and its window is ignored',
    async (value) => {
      open({ 'window-size': 1 });
      await client.next();
      client.send(`{"type":"request:history:ack","id":"s","ack":${value},"window":9}`);
      expect(await client.nextJson()).toMatchObject({ errmsg: 'Invalid ack.' });
      await client.expectSilence();
      expect(app.streams.size).toBe(1);
    },
  );

  it.each(['1e21', '-1e21', '9007199254740993.5'])(
    'that is written %s is no integer, and no number is rounded into one',
    async (number) => {
      open({ 'window-size': 1 });
      await client.next();
      client.send(`{"type":"request:history:ack","id":"s","ack":${number},"window":0}`);
      expect(await client.nextJson()).toMatchObject({ errmsg: 'Invalid ack.' });
      client.send(`{"type":"request:history:ack","id":"s","window":${number}}`);
      expect(await client.nextJson()).toMatchObject({ errmsg: 'Invalid window.' });
    },
  );

  it.each([
    ['9007199254740993', 'Received ACK is higher than the last sent message'],
    ['-9007199254740993', 'Outdated ACK received'],
  ])('of %s is told with all its digits', async (number, words) => {
    open({ 'window-size': 1 });
    await client.next();
    client.send(`{"type":"request:history:ack","id":"s","ack":${number}}`);
    expect(await client.nextJson()).toMatchObject({ errmsg: `${words} (ack=${number})` });
  });

  it.each([{}, { window: 5 }, { window: 'x' }])(
    'of `end` closes the stream without a word, with %j too (D4)',
    async (members) => {
      open({ 'gap-limit': 1 });
      await streamed(client);
      expect(app.streams.size).toBe(1);
      ack({ ack: 2, ...members });
      expect(await refusal(client, stopped)).toEqual(NOT_OPEN);
    },
  );

  it('of an older frame leaves a stream waiting whose `end` is out', async () => {
    open({ 'gap-limit': 1 });
    await streamed(client);
    ack({ ack: 1 });
    await client.expectSilence();
    expect(app.streams.size).toBe(1);
  });

  it('may be left out until `end`, and one for all is enough', async () => {
    open({ 'window-size': 30 });
    const end = (await streamed(client)).at(-1);
    ack({ ack: end?.seq });
    await client.expectSilence();
    expect(app.streams.size).toBe(0);
  });
});

describe('the end of a history stream', () => {
  it('is silent when it is stopped, and the slot is free with the same id', async () => {
    open({ 'window-size': 2 });
    await client.take(2);
    client.send(stopped);
    await client.expectSilence();
    open({ 'gap-limit': 1 });
    expect(seqs(await streamed(client))).toEqual([0, 1, 2]);
  });

  it('comes silently for all when streaming is disabled', async () => {
    open({ 'window-size': 1 });
    await client.next();
    app.streams.disable();
    expect(app.streams.size).toBe(0);
    await client.expectSilence();
    ack({ ack: 0 });
    expect(await client.nextJson()).toEqual(NOT_OPEN);
  });

  it('comes with the connection', async () => {
    open({ 'window-size': 1 });
    await client.next();
    await client.close();
    await eventually(() => app.streams.size === 0);
  });

  it('checks the lists of late batches as any other, which changes nothing', async () => {
    const batch = (list: unknown, members: object = {}): object => ({
      type: 'request:history:manual',
      id: 's',
      addresses: list,
      ...members,
    });
    client.send(batch(addressPairs(2), { first: true, 'gap-limit': 2 }));
    const end = (await streamed(client)).at(-1);
    expect((await refusal(client, batch([[7, 'a']]))).errmsg).toBe(
      "Invalid address: AddressItem(index=7, address='a')",
    );
    const [pair] = addressPairs(1);
    expect((await refusal(client, batch(Array(5001).fill(pair)))).errmsg).toBe(
      'List of addresses is too long.',
    );
    ack({ ack: end?.seq });
    expect(await refusal(client, stopped)).toEqual(NOT_OPEN);
  });

  it('is not disturbed by late batches, which are refused once `end` is acked', async () => {
    const batch = (members: object = {}): object => ({
      type: 'request:history:manual',
      id: 's',
      addresses: addressPairs(5),
      ...members,
    });
    client.send(batch({ first: true, 'gap-limit': 2 }));
    const end = (await streamed(client)).at(-1);
    client.send(batch({ first: false, last: true }));
    await client.expectSilence();
    ack({ ack: end?.seq });
    expect((await refusal(client, batch())).errmsg).toMatch(/^Streaming not found/);
  });
});
