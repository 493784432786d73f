/** What the sample tells its operator (docs/operations.md). */
import { afterEach, expect, it } from '@jest/globals';
import { ClientPool } from '@sluice/testing';
import { SamplePool } from './support/sample-pool.js';

const samples = new SamplePool();
const clients = new ClientPool();

afterEach(async () => {
  await clients.closeAll();
  await samples.endAll();
});

it('shows metrics and answers health checks beside its control endpoints', async () => {
  const { urls } = await samples.start(['--only', 'hathor', '--log', 'memory', '--pace', '0']);
  const { ws = '' } = urls;
  const client = await clients.connect(ws);
  await client.ping();
  const at = (path: string) => fetch(new URL(path, urls.control));
  const page = await (await at('/metrics')).text();
  expect(page).toContain('sluice_connections{endpoint="/v1a/ws",gateway="WalletGateway"} 1\n');
  expect(page).toContain('\nwebsocket_connections 1\n');
  expect(page).toContain('\nsubscribed_addresses 0\n');
  expect(page).toContain('\nmining_ws_connections 0\n');
  expect(page).toMatch(/^sluice_stream_writable\{stream="[^"]+"\} 1$/m);
  expect(page).toMatch(/^process_resident_memory_bytes \d+$/m);
  for (const path of ['/health', '/health/ready', '/health/live']) {
    const answer = await at(path);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(await answer.json()).toMatchObject({ status: 'ok' });
  }
});

it('tells the endpoints apart that take every path', async () => {
  const { urls } = await samples.start(['--log', 'memory', '--pace', '0']);
  const page = await (await fetch(new URL('/metrics', urls.control))).text();
  expect(page).toContain('sluice_connections{endpoint="nano",gateway="NanoGateway"} 0\n');
  expect(page).toContain('sluice_connections{endpoint="lighthouse",gateway="BeaconGateway"} 0\n');
});

it('types of raw events that somebody makes up do not become metrics without end', async () => {
  const { urls } = await samples.start(['--only', 'hathor', '--log', 'memory', '--pace', '0']);
  for (let n = 0; n < 20; n++) {
    const body = JSON.stringify({ type: `made.up.${String(n)}`, data: {} });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${urls.control}/event`, { method: 'POST', headers, body });
  }
  const page = await (await fetch(new URL('/metrics', urls.control))).text();
  expect(page).not.toContain('made.up');
});
