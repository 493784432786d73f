import { describe, expect, it } from '@jest/globals';
import { EventBus } from './event-bus.js';

interface Events {
  'block.new': { height: number };
  'quote.changed': { price: bigint };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('EventBus', () => {
  it('announces an event nobody keeps before publish returns', () => {
    const bus = new EventBus<Events>();
    const heights: number[] = [];
    bus.on('block.new').subscribe((event) => heights.push(event.data.height));
    void bus.publish('block.new', { height: 7 });
    void bus.publish('quote.changed', { price: 1n });
    expect(heights).toEqual([7]);
  });

  it('numbers events in order of publication and keeps the time it is given', () => {
    const bus = new EventBus<Events>();
    const seen: [number, number][] = [];
    bus.events$.subscribe((event) => seen.push([event.id, event.time]));
    void bus.publish('block.new', { height: 1 }, { time: 5 });
    void bus.publish('block.new', { height: 2 }, { time: 4 });
    expect(seen).toEqual([
      [0, 5],
      [1, 4],
    ]);
  });

  it('announces a kept event only once it is stored, and what follows after it', async () => {
    const bus = new EventBus<Events>();
    const seen: string[] = [];
    bus.events$.subscribe((event) => seen.push(event.type));
    let store: () => void = () => undefined;
    bus.record((event) =>
      event.type === 'block.new'
        ? new Promise<void>((resolve) => {
            store = resolve;
          })
        : undefined,
    );
    const first = bus.publish('block.new', { height: 1 });
    void bus.publish('quote.changed', { price: 2n });
    await settled();
    expect(seen).toEqual([]);
    store();
    await first;
    await settled();
    expect(seen).toEqual(['block.new', 'quote.changed']);
  });

  it('does not announce an event that could not be stored, and goes on with the next', async () => {
    const bus = new EventBus<Events>();
    const heights: number[] = [];
    bus.on('block.new').subscribe((event) => heights.push(event.data.height));
    bus.record((event) =>
      (event.data as { height: number }).height === 1
        ? Promise.reject(new Error('disk full'))
        : Promise.resolve(),
    );
    const lost = bus.publish('block.new', { height: 1 });
    const kept = bus.publish('block.new', { height: 2 });
    await expect(lost).rejects.toThrow('disk full');
    await kept;
    expect(heights).toEqual([2]);
  });

  it('survives a rejection that nobody awaits', async () => {
    const bus = new EventBus<Events>();
    bus.record(() => {
      throw new Error('refused');
    });
    void bus.publish('block.new', { height: 1 });
    await settled();
    await expect(bus.publish('block.new', { height: 2 })).rejects.toThrow('refused');
  });
});
