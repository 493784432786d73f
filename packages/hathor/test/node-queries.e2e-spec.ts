/** Whatever stands in the query of a node's endpoint, the answer is JSON with status 200 and nobody's error (contract 4). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { EventApp } from './support/event-app.js';
import { ADAPTERS, startNodeApp } from './support/node-app.js';
import { address, id, type ShelfChain, TOKEN_UID, vertex } from './support/shelf-chain.js';

const HUGE = '9'.repeat(400);
const LONG = 'a'.repeat(8000);

const errors: unknown[] = [];
const ignore = (): void => undefined;
const note = (...line: unknown[]): void => void errors.push(line);

describe.each(ADAPTERS)('queries on %s', (_name, adapter) => {
  let server: EventApp;
  let chain: ShelfChain;

  beforeAll(async () => {
    ({ server, chain } = await startNodeApp(adapter()));
    chain.shelf = [1, 2, 3].map((place) => vertex(place));
    Logger.overrideLogger({ log: ignore, warn: ignore, error: note, fatal: note });
  });
  afterAll(async () => {
    Logger.overrideLogger(false);
    await server.app.close();
  });

  const get = async (path: string): Promise<Record<string, unknown>> => {
    const response = await fetch(`${server.http}/v1a/${path}`);
    expect(response.status).toBe(200);
    return (await response.json()) as Record<string, unknown>;
  };

  it.each([
    'thin_wallet/address_history?addresses[]',
    'thin_wallet/address_history?addresses[]=',
    'thin_wallet/address_history?addresses[]=%',
    'thin_wallet/address_history?addresses[]=%E0%A4%A',
    'thin_wallet/address_history?addresses[]=%00',
    `thin_wallet/address_history?addresses[]=${LONG}`,
    `thin_wallet/address_history?addresses=${address(1)}`,
    `thin_wallet/address_history?addresses[0]=${address(1)}`,
    `thin_wallet/address_history?addresses[]=${address(1)}&hash=0`,
    `thin_wallet/address_history?addresses[]=${address(1)}&hash=${LONG}`,
    `thin_wallet/address_history?addresses[]=${address(1)}&tx_version[]=1.5`,
    'thin_wallet/address_balance?address',
    `thin_wallet/address_balance?address=${LONG}`,
    `thin_wallet/address_search?address=${address(1)}&count`,
    `thin_wallet/address_search?address=${address(1)}&count=1e3`,
    `thin_wallet/address_search?address=${address(1)}&count=-${HUGE}`,
    `thin_wallet/address_search?address=${address(1)}&count=1&token=x`,
    `thin_wallet/address_search?address=${address(1)}&count=1&hash=${id(1)}&page=x`,
    `thin_wallet/token?id`,
    `thin_wallet/token?id=${LONG}`,
    'thin_wallet/token?id=%00',
    `thin_wallet/token_history?id=x&count=1`,
    `thin_wallet/token_history?id=${TOKEN_UID}&count=1&hash=x&timestamp=1&page=next`,
    `thin_wallet/token_history?id=${TOKEN_UID}&count=1&hash=00&timestamp=x&page=next`,
    `thin_wallet/token_history?id=${TOKEN_UID}&count=1&hash=00`,
    'transaction?id',
    `transaction?id=${LONG}`,
    `transaction?id=${id(1)}zz`,
    'transaction?id=%00',
    'transaction?type=tx&count=',
    'push_tx?hex_tx=0',
    'push_tx?hex_tx=%',
    'push_tx?hex_tx=0x00',
  ])('refuses %.60s', async (path) => {
    expect(await get(path)).toMatchObject({ success: false, message: expect.any(String) });
    expect(errors.splice(0)).toEqual([]);
  });

  it.each([
    [`thin_wallet/address_search?address=${address(1)}&count=${HUGE}`, { total: 3 }],
    [`thin_wallet/address_search?address=${address(1)}&count=0`, { transactions: [], total: 3 }],
    [`thin_wallet/address_search?address=${address(1)}&count=%202&count=x`, { has_more: true }],
    [`thin_wallet/address_search?count=1&address=${address(1)}&address=x`, { total: 3 }],
    [`thin_wallet/address_history?addresses%5B%5D=${address(1)}&unknown=1`, { has_more: false }],
    [`thin_wallet/address_history?addresses[]=${address(1)}&hash=${id(2).toUpperCase()}`, {}],
    [`thin_wallet/token?id=${TOKEN_UID.toUpperCase()}`, { symbol: 'TST' }],
    [`transaction?id=${id(1).toUpperCase()}`, { tx: { hash: id(1) } }],
  ])('takes %.80s', async (path, expected) => {
    expect(await get(path)).toMatchObject({ success: true, ...expected });
    expect(errors.splice(0)).toEqual([]);
  });
});
