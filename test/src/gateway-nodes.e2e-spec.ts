/** Every dialect for clients of any node: what happens at the writer is heard at the gateways, what is asked there is answered. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientPool, type TestClient } from '@sluice/testing';
import { ClusterProcess, type NodeUrls } from './support/cluster-process.js';
import { startStream } from './support/event-frame.js';

interface Nodes {
  readonly writer: NodeUrls;
  readonly gateways: readonly [NodeUrls, NodeUrls];
}

interface Frame {
  readonly peer_id: string;
  readonly stream_id: string;
  readonly latest_event_id: number;
  readonly event: { readonly id: number; readonly type: string };
}

interface EventData {
  readonly outputs?: readonly { readonly decoded?: { readonly address?: string } }[];
}

const cluster = new ClusterProcess(['--calm', '--gateways', '2', '--pace', '0']);
const clients = new ClientPool({ timeoutMs: 20_000 });
let nodes: Nodes;

beforeAll(async () => {
  nodes = await cluster.printed<Nodes>();
}, 200_000);
afterEach(() => clients.closeAll());
afterAll(() => cluster.stop());

const connect = (url: string | undefined): Promise<TestClient> => clients.connect(url ?? '');

/** A client of each gateway. */
const everywhere = (dialect: string, endpoint: string): Promise<TestClient[]> =>
  Promise.all(nodes.gateways.map((urls) => connect(urls[dialect]?.[endpoint])));

/** Drives the chain, by way of a gateway. */
async function control<T>(dialect: string, action: string, body: object = {}): Promise<T> {
  const response = await fetch(`${String(nodes.gateways[0][dialect]?.control)}/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([action, response.status]).toEqual([action, 200]);
  return (await response.json()) as T;
}

async function get<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}

/** All events up to `head`. A gateway that has only just started says that it does not follow the writer yet. */
async function storedEvents(url: string | undefined, head: number): Promise<Frame[]> {
  const client = await connect(url);
  client.send(JSON.stringify(startStream(null, 1000)));
  const first = await client.nextJson<Frame & { readonly type: string }>();
  if (first.type !== 'EVENT_WS_NOT_RUNNING')
    return [first, ...(await client.takeJson<Frame>(head))];
  client.terminate();
  return storedEvents(url, head);
}

describe('a gateway node of the sample', () => {
  it('serves Hathor’s events as the writer does: same ids, same stream, same peer', async () => {
    const { latest_event_id: head } = await control<{ latest_event_id: number }>('hathor', 'mine', {
      blocks: 3,
    });
    const told = await Promise.all(
      [nodes.writer, ...nodes.gateways].map(async ({ hathor }) => {
        const frames = await storedEvents(hathor?.event_ws, head);
        expect(frames.map(({ event }) => event.id)).toEqual(frames.map((_, index) => index));
        return frames;
      }),
    );
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  });

  it('tells Hathor wallets of their transactions, and answers what they ask', async () => {
    const { http, ws, event } = nodes.gateways[1].hathor ?? {};
    const { events } = await get<{ events: { data: EventData }[] }>(`${String(event)}?size=100`);
    const address = events
      .flatMap(({ data }) => data.outputs ?? [])
      .findLast(({ decoded }) => decoded?.address !== undefined)?.decoded?.address;
    const client = await connect(ws);
    client.send(JSON.stringify({ type: 'subscribe_address', address }));
    const { vertices } = await control<{ vertices: string[] }>('hathor', 'pay', {
      address,
      amount: 5,
    });
    const heard = await client.untilJson<{ type: string; history: { tx_id: string } }>(
      ({ type }) => type === 'wallet:address_history',
    );
    const paid = heard.at(-1)?.history.tx_id;
    expect(vertices).toContain(paid);
    const history = await get<{ history: { tx_id: string }[] }>(
      `${String(http)}/thin_wallet/address_history?addresses[]=${address}`,
    );
    expect(history.history.map(({ tx_id }) => tx_id)).toContain(paid);
  });

  it('gives Hathor’s miners new templates', async () => {
    const miners = await everywhere('hathor', 'mining_ws');
    const first = await Promise.all(miners.map((miner) => miner.next()));
    await control('hathor', 'mine');
    for (const [index, miner] of miners.entries()) {
      expect(await miner.next()).not.toBe(first[index]);
    }
  });

  it('tells of Nano’s confirmations, also of those of local accounts', async () => {
    const [all, local] = await everywhere('nano', 'ws');
    all?.send('{"action":"subscribe","topic":"confirmation","ack":true}');
    local?.send(
      '{"action":"subscribe","topic":"confirmation","ack":true,"options":{"all_local_accounts":true}}',
    );
    await Promise.all([all?.next(), local?.next()]);
    const { confirmed } = await control<{ confirmed: string[] }>('nano', 'send');
    for (const client of [all, local]) {
      const told = await client?.nextJson<{ message: { hash: string } }>();
      expect(confirmed).toContain(told?.message.hash);
    }
  });

  it('tells of Lighthouse’s finalizations', async () => {
    const heard = await everywhere('lighthouse', 'ws');
    await control('lighthouse', 'finalise');
    const [one, other] = await Promise.all(heard.map((client) => client.takeJson(3)));
    expect(one).toHaveLength(3);
    expect(other).toEqual(one);
  });

  it('streams BigchainDB’s transactions and answers for its blocks', async () => {
    const heard = await everywhere('bigchaindb', 'ws');
    const { transactions, height } = await control<{ transactions: string[]; height: number }>(
      'bigchaindb',
      'block',
      { create: 2 },
    );
    for (const client of heard) {
      const told = await client.takeJson<{ transaction_id: string }>(2);
      expect(told.map(({ transaction_id }) => transaction_id)).toEqual(transactions);
    }
    const { http } = nodes.gateways[1].bigchaindb ?? {};
    expect(await get(`${String(http)}/api/v1/blocks/${String(height)}`)).toMatchObject({ height });
  });

  it('streams Basalt’s blocks and answers for them', async () => {
    const heard = await everywhere('basalt', 'ws');
    const { announced } = await control<{ announced: { hash: string }[] }>('basalt', 'mine');
    for (const client of heard) {
      expect(await client.nextJson()).toMatchObject({
        type: 'new_block',
        block: { hash: announced[0]?.hash },
      });
    }
    const { http } = nodes.gateways[1].basalt ?? {};
    expect(await get(`${String(http)}/blocks/latest`)).toMatchObject({ hash: announced[0]?.hash });
  });
});
