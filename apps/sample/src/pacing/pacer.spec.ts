import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { Pacer } from './pacer.js';

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('Pacer', () => {
  it('stands still until it gets an interval, and again with interval 0', async () => {
    const clock = new ManualClock();
    let calls = 0;
    const pacer = new Pacer(clock, () => Promise.resolve(calls++));
    clock.advance(10_000);
    expect(calls).toBe(0);
    pacer.setInterval(100);
    clock.advance(100);
    await settle();
    expect(calls).toBe(1);
    pacer.setInterval(0);
    clock.advance(10_000);
    expect(calls).toBe(1);
  });

  it('does not call again before the last call is done', async () => {
    const clock = new ManualClock();
    let calls = 0;
    let finish: () => void = () => undefined;
    const pacer = new Pacer(clock, () => {
      calls++;
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    pacer.setInterval(100);
    clock.advance(1000);
    expect(calls).toBe(1);
    finish();
    await settle();
    clock.advance(100);
    expect(calls).toBe(2);
  });

  it('can be paused and resumed', async () => {
    const clock = new ManualClock();
    let calls = 0;
    const pacer = new Pacer(clock, () => Promise.resolve(calls++));
    pacer.setInterval(100);
    pacer.pause();
    clock.advance(1000);
    expect(calls).toBe(0);
    pacer.resume();
    clock.advance(100);
    await settle();
    expect(calls).toBe(1);
    expect(clock.pending).toBe(1);
  });
});
