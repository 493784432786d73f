/** The sample as a Basalt node (docs/sample.md). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { ClientPool } from '@sluice/testing';
import { BasaltSample } from './support/basalt-sample.js';
import { SamplePool } from './support/sample-pool.js';
import { FREE_PORTS, runSample } from './support/sample-process.js';

interface Message {
  readonly type: string;
  readonly block: { readonly number: number; readonly hash: string; readonly parentHash: string };
}

/** Without it the blocks have the time at which they were made. */
const OWN_CLOCK = ['--start-time', '2024-01-01'];

const samples = new SamplePool();
const clients = new ClientPool();

afterEach(async () => {
  await clients.closeAll();
  await samples.endAll();
});

const start = async (args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) =>
  new BasaltSample(await samples.start(['--only', 'basalt', ...args], { env }));

describe('the sample as a Basalt node', () => {
  it('begins with genesis and tells of every block', async () => {
    const node = await start(['--compat', 'node']);
    const client = await clients.connect(node.urls.ws);
    expect(await client.nextJson()).toMatchObject({
      type: 'current_block',
      block: { number: 0, timestamp: 0, parentHash: `0x${'0'.repeat(64)}` },
    });
    const hashes = await node.control('mine', { blocks: 3 });
    const told = await client.takeJson<Message>(3);
    expect(told.map(({ type, block }) => [type, block.number, block.hash])).toEqual(
      hashes.map((hash, index) => ['new_block', index + 1, hash]),
    );
    const latest = await (await fetch(`${node.urls.http}/blocks/latest`)).json();
    expect(latest).toMatchObject({ ...told[2]?.block, baseFee: '1000000000' });
    expect(await (await fetch(`${node.urls.http}/sync/status`)).json()).toEqual({
      latestBlock: 3,
      latestHash: hashes[2],
      chainId: 31_337,
    });
  });

  it('is driven by hand: batches, branches, blocks as they are, pauses', async () => {
    const node = await start();
    const client = await clients.connect(node.urls.ws);
    await client.ping();
    const [last] = await node.control('batch', { blocks: 5, transactions: 2 });
    expect(await client.nextJson()).toMatchObject({
      block: { number: 5, hash: last, transactionCount: 2, gasUsed: 42_000 },
    });
    await node.control('reorg', { depth: 2 });
    const branch = await client.takeJson<Message>(3);
    expect(branch.map(({ block }) => block.number)).toEqual([4, 5, 6]);
    expect(branch[1]?.block.parentHash).toBe(branch[0]?.block.hash);
    await node.control('block', { block: { number: '18446744073709551615', gasUsed: 7 } });
    expect(await client.next()).toContain('"number":18446744073709551615,');
    for (const [action, body, status] of [
      ['reorg', { depth: 100 }, 409],
      ['mine', { blocks: 0 }, 400],
      ['block', { block: { hash: 'x' } }, 400],
      ['pace', { pace: 'soon' }, 400],
    ] as const) {
      expect((await node.post(action, body)).status).toBe(status);
    }
    expect((await node.post('pace', { pace: '20ms' })).body).toMatchObject({ pace_ms: 20 });
    await client.takeJson(5);
    expect((await node.post('pause')).body).toMatchObject({ paused: true });
    expect((await node.post('resume')).body).toMatchObject({ paused: false });
  });

  it('has the same chain for the same seed', async () => {
    const hashes = await Promise.all(
      ['3', '3', '4'].map(async (seed) =>
        (await start([...OWN_CLOCK, '--seed', seed])).control('mine'),
      ),
    );
    expect(hashes[1]).toEqual(hashes[0]);
    expect(hashes[2]).not.toEqual(hashes[0]);
  });

  it('basalt §14.18 stops in RPC mode without a source, and names the variable', async () => {
    const end = await runSample([...FREE_PORTS, '--only', 'basalt'], { BASALT_MODE: 'rpc' });
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain('BASALT_SYNC_SOURCE');
  });

  it('shows in its banner where it is', async () => {
    const { stdout } = await runSample(
      [...FREE_PORTS, '--only', 'basalt', '--pace', '0'],
      {},
      /Ctrl-C stops/,
    );
    expect(stdout).toMatch(/block stream +ws:\/\/127\.0\.0\.1:\d+\/ws\/blocks\n/);
    expect(stdout).toMatch(/curl -X POST http:\/\/127\.0\.0\.1:\d+\/control\/basalt\/mine\n/);
  });
});
