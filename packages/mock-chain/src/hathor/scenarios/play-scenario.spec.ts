import { describe, expect, it } from '@jest/globals';
import { HathorMockChain } from '../hathor-mock-chain.js';
import { HathorTraffic } from '../traffic/hathor-traffic.js';
import { playableScenarioNames, playScenario } from './hathor-scenario.js';

describe('playScenario on a chain with a history', () => {
  const busyChain = () => {
    const chain = new HathorMockChain({ seed: 3 });
    const traffic = new HathorTraffic(chain, { seed: 3 });
    for (let step = 0; step < 60; step++) traffic.step();
    const types: string[] = [];
    chain.on((event) => types.push(event.type));
    return { chain, types };
  };

  it.each(playableScenarioNames)('plays %s from the best block on', (name) => {
    const { chain, types } = busyChain();
    const { height } = chain;
    playScenario(chain, name);
    expect(chain.height).toBeGreaterThan(height);
    expect(types.at(-1)).toBe('vertex.accepted');
  });

  it('switches the best chain in REORG', () => {
    const { chain, types } = busyChain();
    playScenario(chain, 'REORG');
    expect(types.filter((type) => type.startsWith('reorg.'))).toEqual([
      'reorg.started',
      'reorg.finished',
    ]);
  });
});
