import { describe, expect, it } from '@jest/globals';
import { Replica } from '../../../test/support/replica.js';
import type { MockChainEvent } from '../events/chain-event.js';
import { HathorMockChain } from '../hathor-mock-chain.js';
import { HathorTraffic } from './hathor-traffic.js';

const light = { minBlockWeight: 1, maxBlockWeight: 3, minTxWeight: 1 };

function run(steps: number, seed: number, rules: object = light) {
  const chain = new HathorMockChain({ seed, ...rules });
  const replica = new Replica(chain.vertices());
  const events: MockChainEvent[] = [];
  chain.on((event) => {
    replica.read(event);
    events.push(event);
  });
  const traffic = new HathorTraffic(chain, { seed });
  const actions = Array.from({ length: steps }, () => traffic.step());
  return { chain, events, replica, actions };
}

describe('HathorTraffic', () => {
  const { chain, actions, events, replica } = run(300, 1);

  it('does everything that a chain has to offer', () => {
    expect(new Set(actions.map(({ action }) => action))).toEqual(
      new Set(['block', 'transfer', 'token', 'twin', 'double-spend', 'conflict-turned', 'reorg']),
    );
  });

  it('is announced in order, to the last vertex', () => {
    expect(events.some(({ type }) => type === 'reorg.started')).toBe(true);
    expect(replica.vertices.size).toBe(chain.size);
  });

  it('brings a block about every fourth step', () => {
    expect(chain.height).toBeGreaterThan(45);
    expect(chain.height).toBeLessThan(120);
  });

  it('turns lost conflicts round by blocks', () => {
    const turned = actions.filter(({ action }) => action === 'conflict-turned');
    const blocks = turned.map(({ hash }) => chain.vertex(hash));
    expect(blocks.every((block) => block?.version === 0)).toBe(true);
  });

  it('repeats itself with the same seed and does not with another one', () => {
    const hashes = (seed: number) => run(30, seed).actions.map(({ hash }) => hash);
    expect(hashes(4)).toEqual(hashes(4));
    expect(hashes(4).filter((hash) => hashes(5).includes(hash))).toEqual([]);
  });

  it('waits with payments until there is something to spend', () => {
    const young = run(30, 6, { ...light, rewardSpendMinBlocks: 20 });
    expect(new Set(young.actions.slice(0, 20).map(({ action }) => action))).toEqual(
      new Set(['block']),
    );
    expect(young.actions.some(({ action }) => action === 'transfer')).toBe(true);
  });
});
