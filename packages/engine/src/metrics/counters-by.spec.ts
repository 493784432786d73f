import { expect, it } from '@jest/globals';
import { EventBus } from '../events/event-bus.js';
import { CountersBy } from './counters-by.js';
import { engineMetrics } from './engine-metrics.js';
import { defineCounter } from './metric-definition.js';
import { MetricsRegistry } from './metrics-registry.js';

const toys = defineCounter('toys_total', 'Toys.', ['kind']);

it('values beyond the limit share one counter, and those before it keep theirs', () => {
  const metrics = new MetricsRegistry();
  const by = new CountersBy<string>((kind) => metrics.counter(toys, { kind }), {
    most: 2,
    value: 'rest',
  });
  for (const kind of ['a', 'b', 'c', 'd', 'a', 'rest']) by.add(kind);
  const values = metrics.family(toys).samples.map(({ labels, value }) => [labels.kind, value]);
  expect(values).toEqual([
    ['a', 2],
    ['b', 1],
    ['rest', 3],
  ]);
});

it('whoever chooses types of events freely cannot grow the metrics without end', async () => {
  const metrics = new MetricsRegistry();
  const bus = new EventBus<Record<string, unknown>>({ metrics });
  for (let n = 0; n < 2000; n++) await bus.publish(`chosen.${String(n)}`, {});
  const { samples } = metrics.family(engineMetrics.eventsPublished);
  expect(samples).toHaveLength(501);
  expect(metrics.total(engineMetrics.eventsPublished, { type: 'other' })).toBe(1500);
  expect(metrics.total(engineMetrics.eventsPublished)).toBe(2000);
});
