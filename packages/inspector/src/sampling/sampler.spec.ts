import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { engineMetrics, MetricsRegistry } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';
import type { Sample } from './sample.js';
import { Sampler } from './sampler.js';

let clock: ManualClock;
let metrics: MetricsRegistry;
let sampler: Sampler;
beforeEach(() => {
  clock = new ManualClock();
  metrics = new MetricsRegistry();
  sampler = new Sampler({ metrics, clock, sampleMs: 1000, history: 3 });
});
afterEach(() => {
  sampler.stop();
});

describe('Sampler', () => {
  it('asks for no figures while nobody watches', () => {
    const snapshot = jest.spyOn(metrics, 'snapshot');
    clock.advance(10_000);
    expect(snapshot).not.toHaveBeenCalled();
    const end = sampler.watch(() => undefined);
    clock.advance(1000);
    end();
    const asked = snapshot.mock.calls.length;
    clock.advance(10_000);
    expect(snapshot).toHaveBeenCalledTimes(asked);
  });

  it('shows counters by second, and gauges as they are', () => {
    const samples: Sample[] = [];
    const frames = metrics.counter(engineMetrics.framesSent, { endpoint: '/quotes' });
    metrics.observe([engineMetrics.queueMessages], (report) => {
      report.gauge(engineMetrics.queueMessages, { endpoint: '/quotes', topic: 'quote' }, 7);
    });
    frames.add(500);
    sampler.watch((sample) => samples.push(sample));
    frames.add(40);
    clock.advance(1000);
    expect(samples).toHaveLength(1);
    expect(samples[0]?.rates.messages).toBe(40);
    expect(samples[0]?.endpoints).toEqual({ '/quotes': 40 });
    expect(samples[0]?.gauges.heldMessages).toBe(7);
    expect(samples[0]?.process.rss).toBeGreaterThan(0);
  });

  it('keeps the newest samples only', () => {
    sampler.watch(() => undefined);
    for (let second = 0; second < 5; second++) clock.advance(1000);
    expect(sampler.history).toHaveLength(3);
  });
});
