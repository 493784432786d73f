import { describe, expect, it } from '@jest/globals';
import { EventBus } from '../events/event-bus.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import { MetricsRegistry } from '../metrics/metrics-registry.js';
import { LocalFanOut } from '../testing/local-fan-out.js';
import { BusBridge } from './bus-bridge.js';
import type { FanOut } from './fan-out.js';

interface Events {
  tick: number;
}

async function nodes() {
  const fanOut = new LocalFanOut();
  const writer = new EventBus<Events>();
  const metrics = new MetricsRegistry();
  const gateway = new EventBus<Events>({ metrics });
  const ends = [
    await BusBridge.open('gateway', gateway as EventBus, fanOut, { metrics }),
    await BusBridge.open('writer', writer as EventBus, fanOut),
  ];
  const heard: unknown[] = [];
  gateway.events$.subscribe((event) => heard.push(event));
  return { fanOut, writer, gateway, metrics, heard, ends };
}

describe('buses of several nodes', () => {
  it('announce on a gateway what the writer announces, with its time and group', async () => {
    const { writer, heard, metrics } = await nodes();
    await writer.publish('tick', 1, { time: 17, group: 3 });
    await writer.publish('tick', 2, { time: 18 });
    expect(metrics.total(engineMetrics.eventsRelayed, { type: 'tick' })).toBe(2);
    expect(heard).toStrictEqual([
      { id: 0, type: 'tick', time: 17, group: 3, data: 1 },
      { id: 1, type: 'tick', time: 18, data: 2 },
    ]);
  });

  it('bring a stored event to gateways once it is stored', async () => {
    const { writer, heard } = await nodes();
    let stored = (): void => undefined;
    writer.record(() => new Promise<void>((resolve) => (stored = resolve)));
    const published = writer.publish('tick', 1);
    expect(heard).toEqual([]);
    stored();
    await published;
    expect(heard).toHaveLength(1);
  });

  it('ask no recorder of a gateway', async () => {
    const { writer, gateway, heard } = await nodes();
    gateway.record(() => {
      throw new Error('is not to be asked');
    });
    await writer.publish('tick', 1);
    expect(heard).toHaveLength(1);
  });

  it('refuse what is published on a gateway, until the bridge is closed', async () => {
    const { gateway, heard, ends } = await nodes();
    await expect(gateway.publish('tick', 1)).rejects.toMatchObject({ code: 'STATE' });
    for (const end of ends) await end.close();
    await gateway.publish('tick', 1);
    expect(heard).toHaveLength(1);
  });

  it('send nothing any more once the writer has closed its bridge, and have its end closed', async () => {
    const { fanOut, writer, heard, ends } = await nodes();
    expect(fanOut.publishers).toBe(1);
    await ends[1]?.close();
    expect(fanOut.publishers).toBe(0);
    await writer.publish('tick', 1);
    expect(heard).toEqual([]);
  });

  it('are followed until a gateway closes its bridge', async () => {
    const { fanOut, ends } = await nodes();
    expect(fanOut.followers).toBe(1);
    await ends[0]?.close();
    expect(fanOut.followers).toBe(0);
  });

  it('tell and count losses', async () => {
    const { fanOut, gateway, metrics } = await nodes();
    const losses: unknown[] = [];
    gateway.losses$.subscribe((loss) => losses.push(loss));
    fanOut.lose({ reason: 'forgotten', events: 5 });
    expect(losses).toEqual([{ reason: 'forgotten', events: 5 }]);
    expect(metrics.total(engineMetrics.eventsLost)).toBe(5);
  });

  it('go on after an event that cannot be sent', async () => {
    const bus = new EventBus<Events>();
    const errors: string[] = [];
    const fanOut: FanOut = {
      ...new LocalFanOut(),
      follow: () => Promise.reject(new Error('not followed')),
      publisher: () =>
        Promise.resolve({
          send: () => {
            throw new Error('a function cannot be sent');
          },
          close: () => Promise.resolve(),
        }),
    };
    const metrics = new MetricsRegistry();
    await BusBridge.open('writer', bus as EventBus, fanOut, {
      metrics,
      onError: ({ message }) => errors.push(message),
    });
    await bus.publish('tick', 1);
    expect(errors).toEqual(['a function cannot be sent']);
    expect(metrics.total(engineMetrics.eventsUnsent, { type: 'tick' })).toBe(1);
  });
});
