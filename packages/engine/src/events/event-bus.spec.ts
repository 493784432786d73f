import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../testing/manual-clock.js';
import { EventBus } from './event-bus.js';

interface Events {
  'block.new': { height: number };
  'quote.changed': { price: bigint };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('EventBus', () => {
  it('announces an event nobody keeps before publish returns', () => {
    const bus = new EventBus<Events>();
    const blocks: unknown[] = [];
    bus.on('block.new').subscribe(({ data }) => blocks.push(data));
    void bus.publish('block.new', { height: 7 });
    void bus.publish('quote.changed', { price: 1n });
    expect(blocks).toEqual([{ height: 7 }]);
  });

  it('asks its recorders, and announces before publish returns what none of them keeps', async () => {
    const bus = new EventBus<Events>();
    const seen: string[] = [];
    bus.events$.subscribe(({ type }) => seen.push(type));
    bus.record(({ type }) => (type === 'block.new' ? Promise.resolve() : undefined));
    bus.record(() => undefined);
    void bus.publish('quote.changed', { price: 1n });
    expect(seen).toEqual(['quote.changed']);
    const kept = bus.publish('block.new', { height: 1 });
    expect(seen).toEqual(['quote.changed']);
    await kept;
    expect(seen).toEqual(['quote.changed', 'block.new']);
  });

  it('numbers events in order of publication and keeps the time and group it is given', () => {
    const bus = new EventBus<Events>({ clock: new ManualClock(9) });
    const seen: unknown[] = [];
    bus.events$.subscribe((event) => seen.push(event));
    const data = { height: 1 };
    void bus.publish('block.new', data, { time: 5 });
    void bus.publish('block.new', data, { time: 4, group: 0 });
    void bus.publish('block.new', data);
    expect(seen).toStrictEqual([
      { id: 0, type: 'block.new', time: 5, data },
      { id: 1, type: 'block.new', time: 4, group: 0, data },
      { id: 2, type: 'block.new', time: 9, data },
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

  it('lets every listener see the order of publication, also of what a listener publishes', () => {
    const bus = new EventBus<Events>();
    const seen: string[] = [];
    bus.on('block.new').subscribe(({ data: { height } }) => {
      if (height < 3) void bus.publish('block.new', { height: height + 1 });
      void bus.publish('quote.changed', { price: BigInt(height) });
    });
    bus.events$.subscribe(({ id, type }) => seen.push(`${id} ${type}`));
    void bus.publish('block.new', { height: 1 });
    expect(seen).toEqual([
      '0 block.new',
      '1 block.new',
      '2 quote.changed',
      '3 block.new',
      '4 quote.changed',
      '5 quote.changed',
    ]);
  });

  it('tells the publisher only once the event is announced, whatever it had to wait for', async () => {
    const bus = new EventBus<Events>();
    const seen: number[] = [];
    bus.events$.subscribe(({ id }) => seen.push(id));
    const stores: (() => void)[] = [];
    bus.record(({ type }) =>
      type === 'block.new' ? new Promise<void>((resolve) => stores.push(resolve)) : undefined,
    );
    const heard: [number, number[]][] = [];
    const published = [
      bus.publish('block.new', { height: 1 }),
      bus.publish('block.new', { height: 2 }),
      bus.publish('quote.changed', { price: 1n }),
    ].map((promise, id) => promise.then(() => heard.push([id, [...seen]])));
    stores[1]?.();
    await settled();
    expect(heard).toEqual([]);
    stores[0]?.();
    await Promise.all(published);
    expect(heard.map(([id, announced]) => announced.includes(id))).toEqual([true, true, true]);
    expect(seen).toEqual([0, 1, 2]);
  });
});
