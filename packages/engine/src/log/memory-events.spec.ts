import { serialize } from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryEvents } from './memory-events.js';

const WIDE = { events: Infinity, bytes: Infinity };

describe('MemoryEvents', () => {
  it('keeps the newest batches that retention lets it, whatever their sizes', () => {
    const batch = fc.array(fc.nat(20), { minLength: 1, maxLength: 8 });
    const batches = fc.array(batch, { maxLength: 40, size: 'max' });
    const retention = fc.record({
      events: fc.integer({ min: 1, max: 20 }),
      bytes: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(fc.nat(5), batches, retention, (base, sizes, limits) => {
        const events = new MemoryEvents(base);
        const kept: Buffer[][] = [];
        let first = base;
        for (const batch of sizes.map((some) => some.map((size) => Buffer.alloc(size)))) {
          events.append(batch);
          events.trim(limits);
          kept.push(batch);
          while (kept.length > 1 && isTooMuch(kept.flat(), limits))
            first += kept.shift()?.length ?? 0;
          const all = kept.flat();
          expect([events.first, events.head]).toEqual([first, first + all.length - 1]);
          expect(events.keptBytes).toBe(sizeOf(all));
          expect(events.page(first, WIDE)).toEqual(all);
        }
      }),
    );
  });

  it('holds little more than it keeps, however much it has forgotten', () => {
    const events = new MemoryEvents(0);
    events.append(Array.from({ length: 1000 }, () => Buffer.alloc(100)));
    for (let count = 0; count < 10_000; count++) {
      events.append([Buffer.alloc(100)]);
      events.trim({ events: 10 });
    }
    const { length } = serialize(events);
    expect(length).toBeGreaterThan(10 * 100);
    expect(length).toBeLessThan(3 * 10 * 100);
  });
});

const sizeOf = (events: readonly Uint8Array[]) =>
  events.reduce((sum, { length }) => sum + length, 0);

const isTooMuch = (events: readonly Uint8Array[], limits: { events: number; bytes: number }) =>
  events.length > limits.events || sizeOf(events) > limits.bytes;
