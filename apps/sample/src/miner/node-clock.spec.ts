import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { NodeClock } from './node-clock.js';

describe('the node’s clock', () => {
  it('is our own until a template has come', () => {
    expect(new NodeClock(() => 5_500).time).toBe(5.5);
  });

  it('is the one of the template that was least ahead, as blocks can only be ahead of it', () => {
    const own = new ManualClock(1_000_000);
    const clock = new NodeClock(() => own.now());
    clock.observe(1_103);
    expect(clock.time).toBe(1_103);
    own.advance(1_000);
    expect(clock.time).toBe(1_104);
    clock.observe(1_090);
    clock.observe(1_250);
    expect(clock.time).toBe(1_090);
  });
});
