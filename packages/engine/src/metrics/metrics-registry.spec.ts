import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { engineMetrics } from './engine-metrics.js';
import {
  defineCounter,
  defineDistribution,
  defineGauge,
  defineHistogram,
  type MetricDefinition,
} from './metric-definition.js';
import { MetricsRegistry, type MetricFamily } from './metrics-registry.js';

const blocks = defineCounter('blocks_total', 'Blocks.', ['network', 'kind']);
const height = defineGauge('height', 'Height.', ['network']);
const seconds = defineHistogram('seconds', 'Time.', [1, 10]);
const lag = defineDistribution('lag', 'Lag.', [0, 10], ['network']);

function familyOf(registry: MetricsRegistry, { name }: MetricDefinition): MetricFamily | undefined {
  return registry.snapshot().find(({ definition }) => definition.name === name);
}

describe('MetricsRegistry', () => {
  it('asks for one metric only those who may report it', () => {
    const registry = new MetricsRegistry();
    const wanted = defineGauge('wanted', 'Wanted.');
    const other = defineGauge('other', 'Not wanted.');
    const asked: string[] = [];
    registry.observe([wanted], (report) => {
      asked.push('wanted');
      report.gauge(wanted, {}, 7);
    });
    registry.observe([other], () => asked.push('other'));
    expect(registry.family(wanted)).toEqual({
      definition: wanted,
      samples: [{ labels: {}, value: 7 }],
    });
    expect(registry.total(wanted)).toBe(7);
    expect(asked).toEqual(['wanted', 'wanted']);
  });

  it('has one counter for each set of labels, whatever their order', () => {
    const registry = new MetricsRegistry();
    const counter = registry.counter(blocks, { network: 'a', kind: 'x' });
    expect(registry.counter(blocks, { kind: 'x', network: 'a' })).toBe(counter);
    counter.add();
    counter.add(2.5);
    registry.counter(blocks, { network: 'a', kind: 'y' }).add();
    expect(familyOf(registry, blocks)).toEqual({
      definition: blocks,
      samples: [
        { labels: { network: 'a', kind: 'x' }, value: 3.5 },
        { labels: { network: 'a', kind: 'y' }, value: 1 },
      ],
    });
    expect(registry.total(blocks)).toBe(4.5);
    expect(registry.total(blocks, { kind: 'y' })).toBe(1);
    expect(registry.total(height)).toBe(0);
  });

  it('keeps values of labels apart that look alike when they are joined', () => {
    const registry = new MetricsRegistry();
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
        const one = registry.counter(blocks, { network: a, kind: b });
        const other = registry.counter(blocks, { network: c, kind: d });
        expect(one === other).toBe(a === c && b === d);
      }),
      { examples: [['a', 'b\0c', 'a\0b', 'c']] },
    );
  });

  it('counts what is observed in the first bucket that it does not exceed', () => {
    const registry = new MetricsRegistry();
    const histogram = registry.histogram(seconds, {});
    for (const value of [0.5, 1, 1.5, 10, 11]) histogram.observe(value);
    expect(familyOf(registry, seconds)?.samples).toEqual([
      { labels: {}, value: 5, buckets: { counts: [2, 2, 1], sum: 24 } },
    ]);
  });

  it('asks for gauges and distributions when somebody looks, and adds up what has the same labels', () => {
    const registry = new MetricsRegistry();
    let now = 5;
    const end = registry.observe([height, lag], (report) => {
      report.gauge(height, { network: 'a' }, now);
      report.distribution(lag, { network: 'a' }, 0);
      report.distribution(lag, { network: 'a' }, now);
    });
    registry.observe([height], (report) => {
      report.gauge(height, { network: 'a' }, 1);
      report.gauge(height, { network: 'b' }, -1);
    });
    now = 20;
    expect(familyOf(registry, height)?.samples).toEqual([
      { labels: { network: 'a' }, value: 21 },
      { labels: { network: 'b' }, value: -1 },
    ]);
    expect(familyOf(registry, lag)?.samples).toEqual([
      { labels: { network: 'a' }, value: 2, buckets: { counts: [1, 0, 1], sum: 20 } },
    ]);
    end();
    expect(registry.total(height, { network: 'a' })).toBe(1);
    expect(familyOf(registry, lag)?.samples).toEqual([]);
  });

  it('counts each time who cannot tell his figures, and shows those of the others', () => {
    const registry = new MetricsRegistry();
    registry.observe([height], () => {
      throw new Error('no idea');
    });
    registry.observe([height], (report) => {
      report.gauge(height, { network: 'a' }, 7);
    });
    expect(registry.total(height)).toBe(7);
    expect(registry.total(height)).toBe(7);
    expect(registry.total(engineMetrics.observationFailures)).toBe(2);
  });

  it('refuses another metric of the same name, and takes an equal one', () => {
    const registry = new MetricsRegistry();
    registry.counter(blocks, { network: 'a', kind: 'x' }).add();
    const equal = defineCounter('blocks_total', 'Blocks.', ['network', 'kind']);
    registry.counter(equal, { network: 'a', kind: 'x' }).add();
    expect(registry.total(blocks)).toBe(2);
    const other = defineCounter('blocks_total', 'Blocks.', ['network']);
    expect(() => registry.counter(other, { network: 'a' })).toThrow(
      expect.objectContaining({ code: 'INVALID', message: 'blocks_total is defined twice' }),
    );
  });

  it('refuses a label without a value', () => {
    const labels = { network: 'a' } as { network: string; kind: string };
    expect(() => new MetricsRegistry().counter(blocks, labels)).toThrow(
      expect.objectContaining({ code: 'INVALID', message: 'blocks_total needs a kind' }),
    );
  });
});
