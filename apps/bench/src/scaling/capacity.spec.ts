import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { capacity, cpuOf, type Load } from './capacity.js';
import { DEFAULT_COSTS, readCosts, type Costs } from './costs.js';

const COSTS: Costs = {
  eventCpuUs: 100,
  deliveryCpuUs: 10,
  connectionCpuUs: 1,
  connectionBytes: 10_000,
  nodeBytes: 100_000_000,
  replayCpuUs: 10,
  openCpuUs: 500,
  streamEventsPerSecond: 1000,
  serverBytesPerSecond: 1_000_000,
};
const LIMITS = { cpuShare: 0.5, memory: 1_100_000_000 };
const load = (changes: Partial<Load> = {}): Load => ({
  clients: 1_000_000,
  eventsPerSecond: 10,
  eventBytes: 1000,
  receivers: 4,
  ...changes,
});

describe('the capacity of nodes', () => {
  it('is bounded by memory where few clients receive an event', () => {
    expect(capacity(load(), LIMITS, COSTS)).toMatchObject({
      clientsPerNode: 100_000,
      limitedBy: 'memory',
      nodes: 10,
      nodesWithSpare: 11,
      leafServers: 0,
      partitions: 1,
    });
  });

  it('is bounded by CPU where every client receives every event', () => {
    // 10 events to each client at 10 µs, and 1 µs for its connection: 101 µs of the 499,000 that are left.
    const { nodes, limitedBy } = capacity(load({ receivers: 'all' }), LIMITS, COSTS);
    expect({ nodes, limitedBy }).toEqual({
      nodes: Math.ceil(1e6 / (499_000 / 101)),
      limitedBy: 'cpu',
    });
  });

  it('needs leaf servers when one server cannot feed all nodes, and streams when one cannot take all events', () => {
    const needed = capacity(load({ eventsPerSecond: 2500, eventBytes: 200 }), LIMITS, COSTS);
    expect(needed.serverBytesPerSecond).toBe(needed.nodes * 500_000);
    expect(needed).toMatchObject({ leafServers: Math.ceil(needed.nodes / 2), partitions: 3 });
  });

  it('does not exist where hearing of the events is too much', () => {
    expect(() => capacity(load({ eventsPerSecond: 5001 }), LIMITS, COSTS)).toThrow('divide them');
  });

  it('does not exist without memory', () => {
    expect(() => capacity(load(), { ...LIMITS, memory: 1 }, COSTS)).toThrow('no memory');
  });

  it('is the least number of nodes that keeps both limits', () => {
    const loads = fc.record({
      clients: fc.integer({ min: 1, max: 5_000_000 }),
      eventsPerSecond: fc.integer({ min: 1, max: 1000 }),
      eventBytes: fc.constant(100),
      receivers: fc.oneof(fc.constant('all' as const), fc.integer({ min: 1, max: 100 })),
    });
    fc.assert(
      fc.property(loads, (some) => {
        const fits = (nodes: number): boolean =>
          cpuOf(some.clients / nodes, some, COSTS) <= LIMITS.cpuShare &&
          some.clients / nodes <= 100_000;
        const { nodes } = capacity(some, LIMITS, COSTS);
        fc.pre(fits(nodes));
        expect(nodes === 1 || !fits(nodes - 1)).toBe(true);
      }),
    );
  });
});

describe('costs', () => {
  it('can be replaced one by one', () => {
    expect(readCosts('{"openCpuUs":7}')).toEqual({ ...DEFAULT_COSTS, openCpuUs: 7 });
  });

  it.each(['{"none":1}', '{"openCpuUs":0}', '{"openCpuUs":"7"}'])('are not %s', (text) => {
    expect(() => readCosts(text)).toThrow(/none|openCpuUs/);
  });
});
