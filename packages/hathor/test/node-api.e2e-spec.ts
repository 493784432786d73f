/** The HTTP endpoints of a node (contract 4), on both HTTP adapters. */
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { encodeVertex, vertexId } from '../src/codec/index.js';
import type { RegularTransaction } from '../src/codec/index.js';
import type { EventApp } from './support/event-app.js';
import { ADAPTERS, startNodeApp } from './support/node-app.js';
import { address, id, output, type ShelfChain, TOKEN_UID, vertex } from './support/shelf-chain.js';

const TRANSACTION: RegularTransaction = {
  version: 1,
  signalBits: 0,
  tokens: [],
  inputs: [{ txId: id(1), index: 0, data: Uint8Array.of(1, 2) }],
  outputs: [{ value: 2n ** 62n, tokenData: 0, script: Uint8Array.of(3) }],
  weight: 8,
  timestamp: 1_600_000_000,
  parents: [id(2), id(3)],
  nonce: 4n,
};
const HEX = Buffer.from(encodeVertex(TRANSACTION)).toString('hex');

describe.each(ADAPTERS)('the node API on %s', (_name, adapter) => {
  let server: EventApp;
  let chain: ShelfChain;

  beforeAll(async () => {
    ({ server, chain } = await startNodeApp(adapter()));
  });
  afterEach(() => {
    chain.shelf = [];
    chain.refusal = undefined;
    chain.pages.length = 0;
  });
  afterAll(() => server.app.close());

  const call = (path: string, init?: RequestInit) => fetch(`${server.http}/v1a/${path}`, init);
  const get = async (path: string) => (await call(path)).json();
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const response = await call(path, { method: 'POST', headers, body: JSON.stringify(body) });
    return [response.status, await response.json()] as const;
  };

  it('says which network and which rules it has', async () => {
    expect(await get('version')).toEqual({
      version: '0.72.0',
      network: 'unittests',
      nano_contracts_enabled: false,
      min_weight: 14,
      ...chain.networkSettings(),
      token_deposit_percentage: 0.01,
      token_deposit_percentage_numerator: 1,
      token_deposit_percentage_denominator: 100,
      max_number_inputs: 255,
      max_number_outputs: 255,
      decimal_places: 2,
      display_decimal_places: 2,
      token_amount_v1_decimal_places: 2,
      token_amount_v2_decimal_places: 18,
      native_token: { name: 'Hathor', symbol: 'HTR', version: 0 },
    });
  });

  it('says which of its rules are its own', async () => {
    const rules = {
      display_decimal_places: 3,
      token_amount_v2_decimal_places: 6,
      native_token: { name: 'Own', symbol: 'OWN', version: 0 },
    };
    const settings = chain.networkSettings();
    jest.spyOn(chain, 'networkSettings').mockReturnValueOnce({ ...settings, ...rules });
    expect(await get('version')).toMatchObject({ ...settings, ...rules, decimal_places: 2 });
  });

  it('says where the chain stands', async () => {
    expect(await get('status')).toEqual({
      server: {
        id: 'peer',
        app_version: 'Hathor v0.72.0',
        state: 'READY',
        network: 'unittests',
        uptime: expect.any(Number),
        entrypoints: [],
      },
      peers_whitelist: [],
      known_peers: [],
      connections: { connected_peers: [], handshaking_peers: [], connecting_peers: [] },
      dag: {
        first_timestamp: 1,
        latest_timestamp: 9,
        best_block_tips: [{ hash: id(11), height: 1 }],
        best_block: { hash: id(11), height: 1 },
        best_blockchain: [
          [1, id(11)],
          [0, id(10)],
        ],
      },
    });
  });

  it('hathor §7.22 counts nothing while nobody is connected', async () => {
    expect(await get('websocket_stats')).toEqual({ connections: 0, subscribed_addresses: 0 });
  });

  it.each(['version', 'thin_wallet/address_history', 'push_tx'])(
    'lets browsers of any origin call %s',
    async (path) => {
      const preflight = await call(path, { method: 'OPTIONS' });
      expect(preflight.status).toBe(200);
      expect(await preflight.text()).toBe('');
      const headers = Object.fromEntries(preflight.headers);
      expect(headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET, POST, OPTIONS',
        'access-control-allow-headers': 'x-prototype-version,x-requested-with,content-type',
        'access-control-max-age': '604800',
      });
      const answer = await call('version');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-methods')).toBe('GET');
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    },
  );

  it('answers the history of several addresses, each vertex once, by GET and by POST', async () => {
    const shared = vertex(2, { outputs: [output(address(1)), output(address(2))] });
    const second = vertex(3, { outputs: [output(address(2))] });
    chain.shelf = [vertex(1), shared, second];
    const expected = {
      success: true,
      history: [vertex(1), shared, second],
      has_more: false,
      first_hash: null,
      first_address: null,
    };
    const list = `addresses[]=${address(1)}&addresses[]=${address(2)}`;
    expect(await get(`thin_wallet/address_history?${list}`)).toEqual(expected);
    const body = { addresses: [address(1), address(2)], paginate: true };
    expect(await post('thin_wallet/address_history', body)).toEqual([200, expected]);
  });

  it('writes amounts beyond 2^53 as whole numbers', async () => {
    chain.shelf = [vertex(1, { outputs: [output(address(1), { value: 2n ** 63n })] })];
    const history = await call(`thin_wallet/address_history?addresses[]=${address(1)}`);
    expect(await history.text()).toContain('"value":9223372036854775808,');
    const balance = await call(`thin_wallet/address_balance?address=${address(1)}`);
    expect(await balance.text()).toContain('"received":9223372036854775808,');
    const token = await call(`thin_wallet/token?id=${TOKEN_UID}`);
    expect(await token.text()).toContain('"total":9223372036854775808,');
  });

  it('sums up what an address received and spent, voided vertices and authority aside', async () => {
    const input = { ...output(address(1)), type: 'transparent', tx_id: id(1), index: 0 } as const;
    chain.shelf = [
      vertex(1),
      vertex(2, { is_voided: true }),
      vertex(3, { inputs: [input], outputs: [output(address(2)), output(address(1))] }),
      vertex(4, { outputs: [output(address(1), { token: TOKEN_UID, token_data: 1, value: 7 })] }),
      vertex(5, { outputs: [output(address(1), { token: TOKEN_UID, token_data: 129 })] }),
    ];
    expect(await get(`thin_wallet/address_balance?address=${address(1)}`)).toEqual({
      success: true,
      total_transactions: 5,
      tokens_data: {
        '00': { name: 'Test token', symbol: 'TST', received: 200, spent: 100 },
        [TOKEN_UID]: { name: 'Test token', symbol: 'TST', received: 7, spent: 0 },
      },
    });
  });

  it('pages through an address newest first, forth and back', async () => {
    chain.shelf = Array.from({ length: 7 }, (_, place) => vertex(place + 1));
    const path = `thin_wallet/address_search?address=${address(1)}&count=3`;
    const page = (places: readonly number[], has_more: boolean) => ({
      success: true,
      transactions: places.map((place) => vertex(place)),
      has_more,
      total: 7,
    });
    expect(await get(path)).toEqual(page([7, 6, 5], true));
    expect(await get(`${path}&hash=${id(5)}&page=next`)).toEqual(page([4, 3, 2], true));
    expect(await get(`${path}&hash=${id(2)}&page=next`)).toEqual(page([1], false));
    expect(await get(`${path}&hash=${id(4)}&page=previous`)).toEqual(page([7, 6, 5], false));
    expect(await get(`${path}&hash=${id(1)}&page=previous`)).toEqual(page([4, 3, 2], true));
    expect(await get(`${path}&token=${TOKEN_UID}`)).toEqual({ ...page([], false), total: 0 });
  });

  it('knows tokens, one or a list', async () => {
    expect(await get(`thin_wallet/token?id=${TOKEN_UID}`)).toMatchObject({
      success: true,
      symbol: 'TST',
      mint: [{ tx_id: id(1), index: 2 }],
      can_melt: false,
      transactions_count: 3,
    });
    const { tokens, truncated } = (await get('thin_wallet/token')) as {
      tokens: unknown[];
      truncated: boolean;
    };
    expect([tokens.length, truncated]).toEqual([200, true]);
  });

  it('asks the chain for pages of a token, of blocks and of transactions, 15 vertices at most', async () => {
    chain.shelf = [vertex(1)];
    const reference = `hash=${id(9)}&timestamp=77`;
    const answer = { transactions: [vertex(1)], has_more: true };
    expect(
      await get(`thin_wallet/token_history?id=${TOKEN_UID}&count=100&${reference}&page=next`),
    ).toEqual({ success: true, ...answer });
    expect(await get('transaction?type=block&count=2')).toEqual(answer);
    await get(`transaction?type=tx&count=2&${reference}&page=previous`);
    expect(chain.pages).toEqual([
      { of: { token: TOKEN_UID }, count: 15, from: { towards: 'older', timestamp: 77, id: id(9) } },
      { of: 'blocks', count: 2 },
      { of: 'transactions', count: 2, from: { towards: 'newer', timestamp: 77, id: id(9) } },
    ]);
  });

  it('shows a vertex with metadata and spenders', async () => {
    chain.shelf = [vertex(3, { outputs: [output(address(1), { spent_by: id(6) })], height: 1 })];
    expect(await get(`transaction?id=${id(3)}`)).toMatchObject({
      success: true,
      tx: {
        hash: id(3),
        nonce: String(2n ** 100n),
        raw: '00ff',
        height: 1,
        tokens: [{ uid: TOKEN_UID, name: 'Test token', symbol: 'TST' }],
        outputs: [{ token: '00', spent_by: id(6), decoded: { token_data: 0 } }],
      },
      meta: { spent_outputs: [[0, [id(5), id(6)]]], children: [id(7)], min_height: 4 },
      spent_outputs: { 0: id(6) },
    });
  });

  it('takes in transactions by POST and by GET, and passes on why one is refused', async () => {
    const accepted = {
      success: true,
      message: '',
      tx: {
        hash: vertexId(TRANSACTION),
        nonce: 4,
        timestamp: 1_600_000_000,
        version: 1,
        weight: 8,
        signal_bits: 0,
        parents: [id(2), id(3)],
        inputs: [{ tx_id: id(1), index: 0, data: 'AQI=' }],
        outputs: [{ value: 2 ** 62, token_data: 0, script: 'Aw==' }],
        tokens: [],
      },
    };
    expect(await post('push_tx', { hex_tx: HEX })).toEqual([200, accepted]);
    expect(await get(`push_tx?hex_tx=${HEX}`)).toEqual(accepted);
    expect(await post('push_tx', { hex_tx: ` ${HEX}\n` })).toEqual([200, accepted]);
    chain.refusal = 'Spent reward is locked.';
    expect(await post('push_tx', { hex_tx: HEX })).toEqual([
      200,
      { success: false, message: 'Spent reward is locked.' },
    ]);
  });

  it.each([
    ['thin_wallet/address_history', 'Missing parameter: addresses[]'],
    ['thin_wallet/address_history?addresses[]=abc', 'The address abc is invalid'],
    [`thin_wallet/address_history?addresses[]=${address(1)}&hash=xyz`, 'Invalid hash xyz'],
    [
      `thin_wallet/address_history?addresses[]=${address(1)}&hash=00`,
      'Hash 00 is not a transaction hash.',
    ],
    ['thin_wallet/address_balance', 'Missing parameter: address'],
    ['thin_wallet/address_balance?address=x', "Invalid 'address' parameter"],
    [`thin_wallet/address_search?address=${address(1)}`, 'Missing parameter: count'],
    [
      `thin_wallet/address_search?address=${address(1)}&count=x`,
      "Failed to parse 'count': invalid literal for int() with base 10: 'x'",
    ],
    [
      `thin_wallet/address_search?address=${address(1)}&count=-1`,
      "Failed to parse 'count': negative value not accepted",
    ],
    [`thin_wallet/address_search?address=${address(1)}&count=1&hash=00`, 'Missing parameter: page'],
    [
      `thin_wallet/address_search?address=${address(1)}&count=1&hash=00&page=next`,
      'Invalid hash 00',
    ],
    ['thin_wallet/token?id=xyz', 'Invalid token id'],
    ['thin_wallet/token?id=0102', 'Invalid token id format'],
    [`thin_wallet/token?id=${id(5)}`, 'Unknown token'],
    ['thin_wallet/token_history', 'Missing parameter: count, id'],
    ['transaction', 'Missing parameter: count, type'],
    ['transaction?id=00', 'Invalid hash'],
    [`transaction?id=${id(1)}`, 'Transaction not found'],
    ['transaction?type=x&count=1', "Invalid 'type' parameter, expected 'block' or 'tx'"],
    [
      'transaction?type=tx&count=1&hash=00&timestamp=1&page=x',
      "Invalid 'page' parameter, expected 'previous' or 'next'",
    ],
    ['push_tx', 'Missing hexadecimal data'],
    ['push_tx?hex_tx=0', 'Invalid hexadecimal data'],
  ])('refuses %p with status 200 and words', async (path, message) => {
    const response = await call(path);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ success: false, message });
  });

  it.each([
    ['thin_wallet/address_history', {}, 'Missing parameter: addresses'],
    [
      'thin_wallet/address_history',
      { addresses: 'x' },
      "Invalid 'addresses' parameter, expected a list of addresses",
    ],
    [
      'thin_wallet/address_history',
      { addresses: [], tx_version: ['x'] },
      'Invalid tx_version parameter: must be integer(s), got "x"',
    ],
    ['push_tx', {}, 'Missing hexadecimal data'],
    ['push_tx', [], 'Missing hexadecimal data'],
    ['push_tx', { hex_tx: 5 }, 'Invalid hexadecimal data'],
  ])('refuses a POST to %s of %j', async (path, body, message) => {
    expect(await post(path, body)).toMatchObject([200, { success: false, message }]);
  });
});
