import { describe, expect, it } from '@jest/globals';
import { MetricsRegistry, relayMetrics } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';
import { RelayFigures } from './relay-figures.js';
import { UpstreamLink, type Attempt } from './upstream-link.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function setUp() {
  const clock = new ManualClock();
  const metrics = new MetricsRegistry();
  const figures = new RelayFigures({ relay: 'toy', metrics, clock });
  let attempt: Attempt<string> | undefined;
  let end = (): void => undefined;
  const link = new UpstreamLink({
    upstreams: ['http://name:password@node'],
    clock,
    figures,
    attempt: (given) =>
      new Promise((resolve) => {
        attempt = given;
        end = resolve;
        given.signal.addEventListener('abort', () => {
          resolve();
        });
      }),
  });
  const states = () =>
    metrics
      .snapshot()
      .find(({ definition }) => definition.name === relayMetrics.state.name)
      ?.samples.filter(({ value }) => value === 1)
      .map(({ labels }) => labels.state);
  return {
    clock,
    metrics,
    figures,
    link,
    states,
    online: () => attempt?.online(),
    lose: async () => {
      end();
      await turn();
    },
  };
}

describe('RelayFigures', () => {
  it('shows the state of the link, and only one', async () => {
    const { clock, link, states, online, lose } = setUp();
    expect(states()).toEqual(['idle']);
    link.start();
    expect(states()).toEqual(['connecting']);
    online();
    expect(states()).toEqual(['online']);
    await lose();
    expect(states()).toEqual(['waiting']);
    clock.advance(1000);
    expect(states()).toEqual(['connecting']);
    await link.stop();
  });

  it('counts connections and what ended them', async () => {
    const { clock, metrics, link, online, lose } = setUp();
    link.start();
    online();
    await lose();
    clock.advance(1000);
    await lose();
    clock.advance(2000);
    online();
    expect(metrics.total(relayMetrics.connections, { relay: 'toy' })).toBe(2);
    expect(metrics.total(relayMetrics.failures, { relay: 'toy' })).toBe(2);
    await link.stop();
  });

  it('tells how long no upstream has answered, over all attempts', async () => {
    const { clock, metrics, link, online, lose } = setUp();
    const offline = () => metrics.total(relayMetrics.offlineSeconds);
    clock.advance(500);
    link.start();
    expect(offline()).toBe(0.5);
    online();
    clock.advance(5000);
    expect(offline()).toBe(0);
    await lose();
    clock.advance(1000);
    clock.advance(500);
    expect(offline()).toBe(1.5);
    await link.stop();
  });

  it('tells the age of the last event once there was one', () => {
    const { clock, metrics, figures } = setUp();
    const ages = () =>
      metrics
        .snapshot()
        .find(({ definition }) => definition.name === relayMetrics.lastEventAge.name)
        ?.samples.map(({ value }) => value);
    expect(ages()).toEqual([]);
    figures.heard();
    clock.advance(2500);
    expect(ages()).toEqual([2.5]);
    expect(metrics.total(relayMetrics.events)).toBe(1);
  });

  it('counts gaps by what became of them', () => {
    const { metrics, figures } = setUp();
    figures.gap('filled');
    figures.gap('lost');
    figures.gap('filled');
    expect(metrics.total(relayMetrics.gaps, { result: 'filled' })).toBe(2);
    expect(metrics.total(relayMetrics.gaps, { result: 'lost' })).toBe(1);
  });

  it('names no upstream, whose URL may hold a password', () => {
    const { link, metrics } = setUp();
    link.start();
    expect(JSON.stringify(metrics.snapshot())).not.toContain('password');
    return link.stop();
  });

  it('has no state once the link has stopped', async () => {
    const { link, states } = setUp();
    link.start();
    await link.stop();
    expect(states()).toEqual([]);
  });
});
