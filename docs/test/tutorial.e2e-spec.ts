/** The dialect of tutorial.md, over real sockets. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientPool } from '@sluice/testing';
import { readdirSync, readFileSync } from 'node:fs';
import { AppModule, type Ledger } from '../tutorial/app.module.js';
import { HarbourChain } from '../tutorial/harbour-chain.port.js';

const clients = new ClientPool();
let app: INestApplication;
let ledger: Ledger;
let url: string;

beforeEach(async () => {
  app = await NestFactory.create(AppModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  ledger = app.get(HarbourChain);
  url = (await app.getUrl()).replace('http', 'ws') + '/stream';
});
afterEach(async () => {
  await clients.closeAll();
  await app.close();
});

describe('a Harbour stream', () => {
  // #region watch
  it('tells where the chain stands, then every block', async () => {
    const client = await clients.connect(url);
    expect(await client.nextJson()).toEqual({ type: 'tip', height: 1 });
    await ledger.pay('alice', 'bob', 1n);
    expect(await client.nextJson()).toEqual({ type: 'block', height: 2 });
  });

  it('sends the payments of watched accounts, with every digit', async () => {
    const client = await clients.connect(url);
    client.send({ type: 'watch', accounts: ['bob'] });
    expect(await client.takeJson(2)).toEqual([
      { type: 'tip', height: 1 },
      { type: 'watching', accounts: 1 },
    ]);
    await ledger.pay('alice', 'carol', 1n);
    await ledger.pay('alice', 'bob', 2n ** 63n);
    const payment = await client.untilJson((message) => 'amount' in (message as object));
    expect(payment.at(-1)).toEqual({
      type: 'payment',
      height: 3,
      from: 'alice',
      to: 'bob',
      amount: 2n ** 63n,
    });
  });
  // #endregion watch

  it('sends a payment between two watched accounts once', async () => {
    const client = await clients.connect(url);
    client.send({ type: 'watch', accounts: ['alice', 'bob'] });
    await client.take(2);
    await ledger.pay('alice', 'bob', 5n);
    expect(await client.takeJson(2)).toMatchObject([{ type: 'block' }, { type: 'payment' }]);
    await client.expectSilence();
  });

  it('watches what the last request names, and nothing after an empty list', async () => {
    const client = await clients.connect(url);
    client.send({ type: 'watch', accounts: ['alice'] });
    client.send({ type: 'watch', accounts: [] });
    await client.take(3);
    await ledger.pay('alice', 'bob', 5n);
    expect(await client.nextJson()).toMatchObject({ type: 'block' });
    await client.expectSilence();
  });

  it.each([
    [{ type: 'watch', accounts: 'alice' }, 'invalid'],
    [{ type: 'watch', accounts: [1] }, 'invalid'],
    [{ type: 'dig' }, 'unknown_command'],
    [{}, 'unknown_command'],
    [[], 'invalid'],
  ])('answers %j and goes on', async (request, reason) => {
    const client = await clients.connect(url);
    await client.next();
    client.send(JSON.stringify(request));
    expect(await client.nextJson()).toEqual({ type: 'error', reason });
    client.send({ type: 'watch', accounts: [] });
    expect(await client.nextJson()).toEqual({ type: 'watching', accounts: 0 });
  });

  it('closes on what is no JSON', async () => {
    const client = await clients.connect(url);
    client.send('watch alice');
    expect(await client.closed()).toMatchObject({ code: 1003, reason: 'JSON only' });
  });
});

describe('the dialect', () => {
  it('has fewer than 100 lines, apart from marks of what the page shows', () => {
    const folder = new URL('../tutorial/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.startsWith('harbour'));
    expect(files).toHaveLength(5);
    const lines = files
      .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n'))
      .filter((line) => !/\/\/ #(end)?region /.test(line));
    expect(lines.length).toBeLessThan(100);
  });
});
