import { describe, expect, it } from '@jest/globals';
import { ManualClock } from './manual-clock.js';

describe('ManualClock', () => {
  it('runs tasks in order of their time, and those of one moment in call order', () => {
    const clock = new ManualClock(1000);
    const seen: [string, number][] = [];
    clock.after(20, () => seen.push(['late', clock.now()]));
    clock.after(10, () => {
      seen.push(['early', clock.now()]);
      clock.soon(() => seen.push(['soon', clock.now()]));
    });
    clock.advance(15);
    expect(seen).toEqual([
      ['early', 1010],
      ['soon', 1010],
    ]);
    clock.advance(5);
    expect(seen.at(-1)).toEqual(['late', 1020]);
    expect(clock.pending).toBe(0);
  });

  it('tells when the next task is due', () => {
    const clock = new ManualClock();
    expect(clock.nextInMs).toBe(Infinity);
    clock.after(20, () => undefined);
    clock.after(10, () => undefined);
    clock.advance(4);
    expect(clock.nextInMs).toBe(6);
  });

  it('does not run a cancelled task', () => {
    const clock = new ManualClock();
    const cancel = clock.soon(() => {
      throw new Error('ran');
    });
    cancel();
    clock.turn();
    expect(clock.pending).toBe(0);
  });
});
