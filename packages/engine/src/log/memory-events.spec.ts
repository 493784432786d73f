import { serialize } from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryEvents } from './memory-events.js';

const WIDE = { events: Infinity, bytes: Infinity };

const sizeOf = (events: readonly Uint8Array[]): number =>
  events.reduce((sum, { length }) => sum + length, 0);

describe('MemoryEvents', () => {
  it('keeps the newest batches that retention lets it, whatever their sizes', () => {
    const sizes = fc.array(fc.nat(20), { minLength: 1, maxLength: 8 });
    const retention = fc.record({
      events: fc.integer({ min: 1, max: 20 }),
      bytes: fc.integer({ min: 1, max: 200 }),
    });
    const batches = fc.array(sizes, { maxLength: 40, size: 'max' });
    fc.assert(
      fc.property(fc.nat(5), retention, batches, (base, limits, manySizes) => {
        const events = new MemoryEvents(base);
        const kept: Buffer[][] = [];
        let first = base;
        const isTooMuch = (all: Buffer[]): boolean =>
          all.length > limits.events || sizeOf(all) > limits.bytes;

        for (const [index, batchSizes] of manySizes.entries()) {
          const batch = batchSizes.map((size) => Buffer.alloc(size, index));
          events.append(batch);
          events.trim(limits);
          kept.push(batch);
          while (kept.length > 1 && isTooMuch(kept.flat())) first += kept.shift()?.length ?? 0;
          const all = kept.flat();
          expect([events.first, events.head]).toEqual([first, first + all.length - 1]);
          expect(events.keptBytes).toBe(sizeOf(all));
          expect(events.page(first, WIDE)).toEqual(all);
        }
      }),
    );
  });

  it('holds little more than it keeps, however much it has forgotten', () => {
    const event = (): Buffer => Buffer.alloc(1000);
    const events = new MemoryEvents(0);
    events.append(Array.from({ length: 1000 }, event));
    let most = 0;
    for (let count = 0; count < 2000; count++) {
      events.append([event()]);
      events.trim({ events: 10 });
      most = Math.max(most, serialize(events).length);
    }
    expect(most).toBeGreaterThan(10_000);
    expect(most).toBeLessThan(11_000);
  });
});
