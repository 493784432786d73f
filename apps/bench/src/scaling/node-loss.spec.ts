import { describe, expect, it } from '@jest/globals';
import type { Load } from './capacity.js';
import { DEFAULT_COSTS } from './costs.js';
import { loseNode } from './node-loss.js';

const LOAD: Load = { clients: 200_000, eventsPerSecond: 20, eventBytes: 1000, receivers: 4 };
const OPTIONS = { nodes: 4, spreadSeconds: 10, seconds: 100 };

describe('the loss of a node', () => {
  it('delays nothing where the others have the time', () => {
    expect(loseNode(LOAD, DEFAULT_COSTS, { ...OPTIONS, spreadSeconds: 60 })).toMatchObject({
      longestDelay: 0,
      recoveredAfter: 1,
    });
  });

  it('delays events where all connect at once, and less where they wait for a random time', () => {
    const costs = { ...DEFAULT_COSTS, openCpuUs: 1000 };
    const atOnce = loseNode(LOAD, costs, { ...OPTIONS, spreadSeconds: 1 });
    const spread = loseNode(LOAD, costs, { ...OPTIONS, spreadSeconds: 12 });
    expect(atOnce.longestDelay).toBeGreaterThan(spread.longestDelay);
    expect(atOnce.recoveredAfter).toBeGreaterThan(atOnce.longestDelay);
  });

  it('is never overcome by nodes that have too much to do anyway', () => {
    const load: Load = { ...LOAD, receivers: 'all' };
    expect(loseNode(load, DEFAULT_COSTS, OPTIONS).recoveredAfter).toBeUndefined();
  });

  it('has everybody sent what was missed', () => {
    const load: Load = { ...LOAD, receivers: 'all' };
    expect(loseNode(load, DEFAULT_COSTS, OPTIONS).mostReplayed).toBe(10 * 20);
  });

  it('needs another node', () => {
    expect(() => loseNode(LOAD, DEFAULT_COSTS, { ...OPTIONS, nodes: 1 })).toThrow('no other');
  });
});
