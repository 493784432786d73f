/** A node, a node that follows it, a node that follows that one, and their clients: four processes. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { ClientPool, type TestClient } from '@sluice/testing';
import { BasaltSample, type BasaltStatus } from './support/basalt-sample.js';
import { SamplePool } from './support/sample-pool.js';

interface Message {
  readonly type: string;
  readonly block: { readonly number: number; readonly hash: string; readonly parentHash: string };
}

/** A new process makes the same blocks again. */
const OWN_CLOCK = ['--start-time', '2024-01-01'];

const samples = new SamplePool();
const clients = new ClientPool({ timeoutMs: 30_000 });

afterEach(async () => {
  await clients.closeAll();
  await samples.endAll();
});

const start = async (args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) =>
  new BasaltSample(await samples.start(['--only', 'basalt', ...OWN_CLOCK, ...args], { env }));

const follow = (source: BasaltSample, args: readonly string[] = []): Promise<BasaltSample> =>
  start(args, { BASALT_MODE: 'RPC', BASALT_SYNC_SOURCE: source.base });

async function connect(node: BasaltSample): Promise<TestClient> {
  const client = await clients.connect(node.urls.ws);
  await client.ping();
  return client;
}

/** Asks until the answer fits. */
async function until(node: BasaltSample, fits: (status: BasaltStatus) => boolean): Promise<void> {
  while (!fits(await node.status()));
}

const hashes = async (client: TestClient, count: number): Promise<string[]> =>
  (await client.takeJson<Message>(count)).map(({ block }) => block.hash);

describe('a chain of nodes', () => {
  it('misses and doubles nothing while the first is killed and comes back', async () => {
    const node = await start();
    const relay = await follow(node);
    const second = await follow(relay);
    const early = [await connect(relay), await connect(second)];

    const first = await node.control('mine', { blocks: 20 });
    for (const client of early) expect(await hashes(client, 20)).toEqual(first);

    await node.sample.kill();
    await until(relay, ({ upstream }) => upstream?.state === 'waiting');
    const late = [await connect(relay), await connect(second)];
    const status = await (await fetch(`${relay.urls.http}/sync/status`)).json();
    expect(status).toMatchObject({ latestBlock: 20, latestHash: first.at(-1) });

    // The chain follows from its seed: the new process makes the same blocks again, and more before anybody is back.
    const again = await start(['--basalt-port', node.port]);
    const all = await again.control('mine', { blocks: 35 });
    expect(all.slice(0, 20)).toEqual(first);
    for (const client of [...early, ...late]) {
      expect(await hashes(client, 15)).toEqual(all.slice(20));
    }

    await until(relay, ({ upstream }) => upstream?.state === 'online');
    const branch = await again.control('reorg', { depth: 3 });
    const next = await again.control('mine', { blocks: 2 });
    for (const client of [...early, ...late]) {
      expect(await hashes(client, 6)).toEqual([...branch, ...next]);
      await client.expectSilence();
    }
  });

  it('finds a branch switch that happened while it was away', async () => {
    const node = await start();
    const relay = await follow(node);
    const client = await connect(relay);
    const first = await node.control('mine', { blocks: 10 });
    expect(await hashes(client, 10)).toEqual(first);
    await node.sample.kill();
    const again = await start(['--basalt-port', node.port]);
    await again.control('mine', { blocks: 10 });
    const branch = await again.control('reorg', { depth: 4 });
    expect(await hashes(client, 5)).toEqual(branch);
    await client.expectSilence();
  });

  it('basalt §14.19 §14.20 polls as the node does, and greets its own clients', async () => {
    const node = await start(['--compat', 'node']);
    await node.control('mine', { blocks: 3 });
    const relay = await follow(node, ['--compat', 'node']);
    const client = await connect(relay);
    const { type, block } = await client.nextJson<Message>();
    expect([type, block.number]).toEqual(['current_block', 3]);
    const mined = await node.control('mine', { blocks: 4 });
    const { hash } = (await client.nextJson<Message>()).block;
    // Whatever of the four was there when it looked; the last one in any case.
    expect(mined).toContain(hash);
    if (hash !== mined.at(-1))
      await client.untilJson(({ block }: Message) => block.hash === mined.at(-1));
    for (const action of ['mine', 'pause', 'resume']) {
      expect((await relay.post(action)).status).toBe(409);
    }
    expect((await relay.post('pace', { pace: '1ms' })).status).toBe(409);
  });
});
