/** BigchainDB on the sample: the built app as a process, driven over its control endpoints, heard by real clients. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { ClientPool } from '@sluice/testing';
import { SamplePool } from './support/sample-pool.js';
import type { SampleProcess } from './support/sample-process.js';

interface Urls {
  readonly http: string;
  readonly ws: string;
  readonly control: string;
}

interface Status {
  readonly height: number;
  readonly transactions: readonly string[];
}

interface StreamEvent {
  readonly height: number;
  readonly asset_id: string;
  readonly transaction_id: string;
}

interface Transaction {
  readonly id: string;
  readonly operation: string;
  readonly asset: { readonly id?: string };
  readonly outputs: readonly { readonly public_keys: readonly string[] }[];
}

describe('BigchainDB on the sample', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();

  afterEach(async () => {
    await clients.closeAll();
    await samples.endAll();
  });

  const start = async (...args: string[]): Promise<Urls> => {
    const { printed }: SampleProcess = await samples.start(['--log', 'memory', ...args]);
    return printed.bigchaindb as Urls;
  };

  const post = async (url: string, body: object = {}): Promise<Status> => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    return (await answer.json()) as Status;
  };

  const get = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;

  it('bigchaindb §15.1 leads a client from the web API to the stream', async () => {
    const urls = await start();
    const { streams } = await get<{ streams: string }>(`${urls.http}/api/v1/`);
    expect(streams).toBe(urls.ws);
    const { api } = await get<{ api: { v1: { streams: string } } }>(`${urls.http}/`);
    expect(api.v1.streams).toBe(urls.ws);
    expect(streams).toMatch(/^ws:\/\/localhost:\d+\/api\/v1\/streams\/valid_transactions$/);
    const client = await clients.connect(streams);
    const { height, transactions } = await post(`${urls.control}/block`, { create: 3 });
    const events = await client.takeJson<StreamEvent>(3);
    expect(events).toEqual(
      transactions.map((id) => ({ height, asset_id: id, transaction_id: id })),
    );
  });

  it('bigchaindb §15.24 the transaction of an event is found over HTTP at once', async () => {
    const urls = await start();
    const client = await clients.connect(urls.ws);
    await post(`${urls.control}/block`, { create: 2, transfer: 2, elect: 1 });
    const events = await client.takeJson<StreamEvent>(5);
    const found = await Promise.all(
      events.map(({ transaction_id }) =>
        get<Transaction>(`${urls.http}/api/v1/transactions/${transaction_id}`),
      ),
    );
    expect(found.map(({ operation }) => operation)).toEqual([
      'CREATE',
      'CREATE',
      'TRANSFER',
      'TRANSFER',
      'VALIDATOR_ELECTION',
    ]);
    expect(events.map(({ asset_id }) => asset_id)).toEqual(
      found.map(({ id, asset }) => asset.id ?? id),
    );
    const block = await get<{ transactions: Transaction[] }>(
      `${urls.http}/api/v1/blocks/${String(events[0]?.height)}`,
    );
    expect(block.transactions).toEqual(found);
    const missing = await fetch(`${urls.http}/api/v1/blocks/999`);
    expect([missing.status, await missing.json()]).toEqual([
      404,
      { message: 'Not found', status: 404 },
    ]);
  });

  it('bigchaindb §7 a block of another node is published as it is', async () => {
    const urls = await start();
    const { height } = await post(`${urls.control}/block`, { create: 1, transfer: 1, elect: 1 });
    const block = await get<{ transactions: Transaction[] }>(
      `${urls.http}/api/v1/blocks/${String(height)}`,
    );
    const client = await clients.connect(urls.ws);
    await post(`${urls.control}/event`, { ...block, height: 77 });
    expect(await client.takeJson<StreamEvent>(3)).toEqual(
      block.transactions.map(({ id, asset }) => ({
        height: 77,
        asset_id: asset.id ?? id,
        transaction_id: id,
      })),
    );
  });

  it('streams what the network does by itself, heights in order, to all alike', async () => {
    const urls = await start('--pace', '20ms');
    const [first, second] = await Promise.all([clients.connect(urls.ws), clients.connect(urls.ws)]);
    const events = await first.takeJson<StreamEvent>(40);
    const heights = events.map(({ height }) => height);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    expect(new Set(events.map(({ transaction_id }) => transaction_id)).size).toBe(40);
    const known = new Set(events.map(({ transaction_id }) => transaction_id));
    const others = await second.takeJson<StreamEvent>(40);
    const firstShared = others.findIndex(({ transaction_id }) => known.has(transaction_id));
    expect(firstShared).toBe(0);
  });

  it('bigchaindb §4 §12 has no stream of blocks and no filters unless it is told to', async () => {
    const urls = await start();
    const root = await get<{ api: { v1: object } }>(`${urls.http}/`);
    expect(Object.keys(root.api.v1)).not.toContain('streamedblocks');
    const stream = new URL(urls.ws.replace('ws:', 'http:'));
    const missing = await fetch(new URL('/api/v1/streams/valid_blocks', stream));
    expect([missing.status, await missing.text()]).toEqual([404, '404: Not Found']);
    const client = await clients.connect(`${urls.ws}?asset_id=none`);
    const { transactions } = await post(`${urls.control}/block`, { create: 1 });
    expect(await client.nextJson<StreamEvent>()).toMatchObject({ transaction_id: transactions[0] });
  });

  it('filters by owner and asset with --extensions', async () => {
    const urls = await start('--extensions');
    const created = await post(`${urls.control}/block`, { create: 2 });
    const [asset = ''] = created.transactions;
    const filtered = await clients.connect(`${urls.ws}?asset_id=${asset}`);
    await post(`${urls.control}/block`, { create: 2, transfer: 1, asset });
    const event = await filtered.nextJson<StreamEvent>();
    expect(event).toMatchObject({ height: 3, asset_id: asset });
    const handedOn = await get<Transaction>(
      `${urls.http}/api/v1/transactions/${event.transaction_id}`,
    );
    const owner = handedOn.outputs[0]?.public_keys[0] ?? '';
    const owned = await clients.connect(`${urls.ws}?public_key=${owner}&asset_id=${asset}`);
    await post(`${urls.control}/text`, { text: 'to all' });
    expect(await filtered.next()).toBe('to all');
    expect(await owned.next()).toBe('to all');
  });

  it('refuses by hand what cannot be', async () => {
    const urls = await start();
    const answer = await fetch(`${urls.control}/block`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"transfer":1}',
    });
    expect([answer.status, await answer.json()]).toMatchObject([
      409,
      { message: 'There is no asset at all to hand on' },
    ]);
  });
});
