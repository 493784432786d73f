/** The gateway of gateways.md, over real sockets. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventBus } from '@sluice/engine';
import { ClientPool } from '@sluice/testing';
import { MarketModule, Notices } from '../examples/market.gateway.js';

// #region test
const clients = new ClientPool();
let app: INestApplication;
let bus: EventBus;
let url: string;

beforeEach(async () => {
  app = await NestFactory.create(MarketModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  bus = app.get(EventBus);
  url = (await app.getUrl()).replace('http', 'ws') + '/markets';
});
afterEach(async () => {
  await clients.closeAll();
  await app.close();
});

it('sends large trades of a market, each in the form that was asked for', async () => {
  const [brief, full] = [await clients.connect(url), await clients.connect(url)];
  brief.send({ op: 'trades', id: 1, markets: ['XNO'], minSize: 10 });
  full.send({ op: 'trades', id: 2, markets: ['XNO'], full: true });
  expect(await brief.nextJson()).toEqual({ ok: true, id: 1 });
  expect(await full.nextJson()).toEqual({ ok: true, id: 2 });

  await bus.publish('trade.done', { market: 'HTR', price: 1, size: 99, maker: 'a' });
  await bus.publish('trade.done', { market: 'XNO', price: 2, size: 9, maker: 'b' });
  await bus.publish('trade.done', { market: 'XNO', price: 3, size: 10, maker: 'c' });

  expect(await brief.nextJson()).toEqual({ trade: { market: 'XNO', price: 3, size: 10 } });
  expect(await full.takeJson(2)).toMatchObject([
    { trade: { maker: 'b' } },
    { trade: { size: 10 } },
  ]);
  await brief.expectSilence();
});
// #endregion test

it('sends prices to who asked, and notices to everybody', async () => {
  const client = await clients.connect(url);
  client.send({ op: 'prices' });
  expect(await client.nextJson()).toEqual({ ok: true });
  await bus.publish('market.price', { market: 'XNO', price: 4 });
  expect(await client.nextJson()).toEqual({ price: { market: 'XNO', price: 4 } });
  app.get(Notices).texts.next('maintenance at noon');
  expect(await client.next()).toBe('maintenance at noon');
});

it('refuses what does not fit', async () => {
  const client = await clients.connect(url);
  client.send({ op: 'trades', id: 3, markets: 'XNO' });
  expect(await client.nextJson()).toMatchObject({ error: { code: 'INVALID', command: 'trades' } });
});
