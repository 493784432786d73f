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

  it('has a wall clock that can be set while no time passes', () => {
    const clock = new ManualClock(1000);
    let runs = 0;
    clock.after(10, () => runs++);
    clock.setWall(3_600_000);
    clock.turn();
    expect([clock.now(), clock.monotonic(), clock.nextInMs, runs]).toEqual([
      3_601_000, 1000, 10, 0,
    ]);
    clock.setWall(-7_200_000);
    clock.advance(10);
    expect([clock.now(), clock.monotonic(), runs]).toEqual([-3_598_990, 1010, 1]);
  });

  it('can stand still: what falls due meanwhile runs late, in order', () => {
    const clock = new ManualClock(1000);
    const seen: [string, number][] = [];
    clock.after(20, () => seen.push(['second', clock.now()]));
    clock.after(10, () => seen.push(['first', clock.now()]));
    clock.standStill(100);
    expect(seen).toEqual([]);
    clock.turn();
    expect(seen).toEqual([
      ['first', 1100],
      ['second', 1100],
    ]);
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
