/** What clients send on purpose disturbs nobody else, and is nobody's error (contract 1.2, rule T6). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { TestClient } from '@sluice/testing';
import { accept, WalletApp } from './support/wallet-app.js';
import { addressAt, XPUB } from './support/wallet-keys.js';
import { idOf } from './support/vertex-data.js';

const MEBIBYTE = 1024 * 1024;
const LONG = 'x'.repeat(4 * MEBIBYTE);
const PONG = { type: 'pong' };

let app: WalletApp;
let client: TestClient;
const errors: unknown[] = [];

beforeEach(async () => {
  app = await WalletApp.start();
  client = await app.client();
  errors.length = 0;
  const ignore = (): void => undefined;
  Logger.overrideLogger({
    log: ignore,
    warn: ignore,
    error: (...line: unknown[]) => errors.push(line),
    fatal: (...line: unknown[]) => errors.push(line),
  });
});

afterEach(async () => {
  Logger.overrideLogger(false);
  await app.stop();
});

describe('a hostile client of the wallet socket', () => {
  it.each([
    ['nested lists', `{"type":"subscribe_address","address":${'['.repeat(1e5)}${']'.repeat(1e5)}}`],
    ['nested objects', '{"a":'.repeat(1e5)],
    ['a number of a million digits', `{"type":"ping","n":${'7'.repeat(1e6)}}`],
  ])('that sends %s gets `Malformed command` and stays', async (_, text) => {
    client.send(text);
    client.send({ type: 'ping' });
    expect(await client.takeJson(2)).toEqual([
      { type: 'error', success: false, errmsg: 'Malformed command' },
      PONG,
    ]);
    expect(errors).toEqual([]);
  });

  it('that subscribes an address of many MiB gets it back as it came', async () => {
    client.send({ type: 'subscribe_address', address: LONG + LONG.slice(100) });
    const { address, message } = await client.nextJson<{ address: string; message: string }>();
    expect(address.length).toBe(8 * MEBIBYTE - 100);
    expect(message.length).toBe(address.length + 'Invalid address: '.length);
  });

  it.each([
    ['xpub', { type: 'request:history:xpub', id: 's', xpub: LONG }],
    ['address', { type: 'request:history:manual', id: 's', first: true, addresses: [[0, LONG]] }],
    ['id', { type: 'request:history:stop', id: LONG }],
  ])('that sends an %s of many MiB is answered once', async (_, request) => {
    client.send(request);
    client.send({ type: 'ping' });
    expect(await client.takeJson(2)).toMatchObject([{ type: 'stream:history:error' }, PONG]);
  });

  it.each([
    { address: null },
    { address: 5 },
    { address: 1.5 },
    { address: true },
    { address: [] },
    { address: { a: [1] } },
  ])('hathor §7.27: that subscribes %j gets it back', async (members) => {
    client.send({ type: 'subscribe_address', ...members });
    expect(await client.nextJson()).toEqual({
      type: 'subscribe_address',
      ...members,
      success: false,
      message: "Missing or invalid 'address' parameter.",
    });
  });

  it('gets large numbers back with all their digits', async () => {
    client.send('{"type":"subscribe_address","address":123456789012345678901234567890}');
    expect(await client.next()).toContain('"address":123456789012345678901234567890,');
  });

  it('is gone in the midst of all it asked for, and nobody notices', async () => {
    const other = await app.client();
    other.send({ type: 'subscribe_address', address: addressAt(0) });
    await other.next();
    const requests = [
      { type: 'subscribe_address', address: addressAt(0) },
      { type: 'request:history:xpub', id: 's', xpub: XPUB, 'gap-limit': 10_000 },
      { type: 'ping' },
    ];
    for (const request of requests) client.send(request);
    await client.next();
    client.terminate();
    for (const text of ['[]', '{"type":"request:history:ack","id":1}', '\u0000'])
      (await app.client()).send(text);
    accept(app, { name: 'a', outputs: [addressAt(0)] });
    expect(await other.takeJson(3)).toMatchObject([
      { type: 'wallet:address_history', history: { tx_id: idOf('a') } },
      { type: 'network:new_tx_accepted' },
      { type: 'wallet:address_history', history: { tx_id: idOf('a') } },
    ]);
    expect(errors).toEqual([]);
  });
});
