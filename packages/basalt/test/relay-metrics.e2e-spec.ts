/** What a follower counts. */
import { afterEach, expect, it } from '@jest/globals';
import { relayMetrics, type MetricsRegistry } from '@sluice/engine';
import { METRICS } from '@sluice/nestjs';
import { BasaltApps, type BasaltApp } from './support/basalt-app.js';
import { answersOf, ScriptedNodes } from './support/scripted-node.js';
import { ToyChain } from './support/toy-blocks.js';
import { until } from './support/until.js';

const apps = new BasaltApps();
const nodes = new ScriptedNodes();

afterEach(async () => {
  await apps.stopAll();
  await nodes.stopAll();
});

const metricsOf = ({ app }: BasaltApp): MetricsRegistry => app.get<MetricsRegistry>(METRICS);
const labels = { relay: 'basalt' };

it('counts connections, blocks and filled gaps, and tells the state and the age of the last block', async () => {
  const chain = new ToyChain(100, 100);
  const source = await nodes.start({ answer: answersOf(chain) });
  const node = await apps.start({ basalt: { mode: 'rpc', syncSource: source.url } });
  const metrics = metricsOf(node);
  const client = await node.connect();
  await until(() => metrics.total(relayMetrics.state, { ...labels, state: 'online' }) === 1);
  chain.grow(3);
  source.announce(chain.tip);
  await client.take(3);
  expect(metrics.total(relayMetrics.gaps, { ...labels, result: 'filled' })).toBe(1);
  // The block that was found at the start, two that were skipped, and the one that was announced.
  expect(metrics.total(relayMetrics.events, labels)).toBe(4);
  node.clock.advance(7000);
  expect(metrics.total(relayMetrics.lastEventAge, labels)).toBe(7);
  source.cut();
  await until(() => node.follower.status?.state === 'waiting');
  expect(metrics.total(relayMetrics.failures, labels)).toBe(1);
  node.clock.advance(1000);
  await until(() => node.follower.status?.state === 'online');
  expect(metrics.total(relayMetrics.connections, labels)).toBe(2);
});

it('counts a gap that stays as lost', async () => {
  const chain = new ToyChain(100, 100);
  const answers = answersOf(chain);
  const source = await nodes.start({
    answer: (path) => (path.endsWith('/102') ? undefined : answers(path)),
  });
  const node = await apps.start({ basalt: { mode: 'rpc', syncSource: source.url } });
  const client = await node.connect();
  await until(() => node.follower.status?.state === 'online');
  const [, , third] = chain.grow(3);
  source.announce(chain.tip);
  expect((await client.nextJson<{ block: { hash: string } }>()).block.hash).toBe(third?.hash);
  expect(metricsOf(node).total(relayMetrics.gaps, { ...labels, result: 'lost' })).toBe(1);
});

it('has no relay in the metrics where nobody is followed', async () => {
  const node = await apps.start();
  const names = metricsOf(node)
    .snapshot()
    .map(({ definition: { name } }) => name);
  expect(names).not.toContain(relayMetrics.state.name);
});
