import { describe, expect, it } from '@jest/globals';
import { createHistogram } from 'node:perf_hooks';
import { Arrivals } from './arrivals.js';

const expecting = (events: number, receivers: number): Arrivals =>
  new Arrivals({ first: 10, events, receivers }, 2, createHistogram());

describe('arrivals', () => {
  it('nothing is missing when every receiver has every event', () => {
    const arrivals = expecting(2, 2);
    for (const client of [0, 1]) {
      arrivals.take(client, 10, 0, 5);
      expect(arrivals.missing).toBeGreaterThan(0);
      arrivals.take(client, 11, 0, 5);
    }
    expect(arrivals.missing).toBe(0);
    expect(arrivals.result).toMatchObject({ deliveries: 4, endedAt: 5, lastReceipts: [5, 5] });
  });

  it('an event that comes twice to one client is a fault', () => {
    const arrivals = expecting(1, 2);
    arrivals.take(0, 10, 0, 5);
    expect(() => arrivals.take(0, 10, 0, 5)).toThrow('Event 10 came late');
  });

  it('an event that overtakes another is a fault', () => {
    const arrivals = expecting(2, 1);
    arrivals.take(0, 11, 0, 5);
    expect(() => arrivals.take(0, 10, 0, 5)).toThrow('Event 10 came late');
  });

  it('an event for more clients than it concerns is a fault', () => {
    const arrivals = expecting(1, 1);
    arrivals.take(0, 10, 0, 5);
    expect(() => arrivals.take(1, 10, 0, 5)).toThrow('Event 10 came too often');
  });

  it.each([9, 12])('event %d, of another volley, is a fault', (sequence) => {
    expect(() => expecting(2, 1).take(0, sequence, 0, 5)).toThrow('was not expected');
  });
});
