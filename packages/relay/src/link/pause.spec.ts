import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { pause } from './pause.js';

describe('pause', () => {
  it('waits on the clock it is given', async () => {
    const clock = new ManualClock();
    const waited = pause(clock, 100, new AbortController().signal).then(() => clock.now());
    clock.advance(150);
    await waited;
    expect(clock.pending).toBe(0);
  });

  it('ends at once with what the signal says', async () => {
    const clock = new ManualClock();
    const abort = new AbortController();
    const waiting = pause(clock, 100, abort.signal);
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(pause(clock, 100, abort.signal)).rejects.toThrow('enough');
    expect(clock.pending).toBe(0);
  });
});
