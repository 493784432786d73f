import { describe, expect, it } from '@jest/globals';
import type { MockBeaconEvent } from './beacon-event.js';
import { LighthouseMockChain } from './lighthouse-mock-chain.js';
import { LighthouseTraffic } from './lighthouse-traffic.js';

function run(seed: number, steps: number) {
  const chain = new LighthouseMockChain({ seed, slotsPerEpoch: 8, committeeSize: 16 });
  const events: MockBeaconEvent[] = [];
  chain.on((event) => events.push(event));
  const traffic = new LighthouseTraffic(chain, { seed });
  let largest = 0;
  for (let step = 0; step < steps; step++) {
    traffic.step();
    largest = Math.max(largest, chain.size);
  }
  return { chain, events, largest };
}

describe('traffic on the beacon chain', () => {
  it('is the same for the same seed, and another for another', () => {
    const texts = [3, 3, 4].map((seed) =>
      JSON.stringify(run(seed, 40).events, (_, value: unknown) =>
        typeof value === 'bigint' ? `${String(value)}n` : value,
      ),
    );
    expect(texts[1]).toBe(texts[0]);
    expect(texts[2]).not.toBe(texts[0]);
  });

  it('brings every kind of event, and remembers no more blocks however long it goes on', () => {
    const { events, largest } = run(1, 400);
    expect(new Set(events.map(({ type }) => type)).size).toBe(6);
    expect(largest).toBeLessThan(60);
  });

  it('tells a story that a client can follow', () => {
    const parents = new Map<string, { readonly parent: string; readonly slot: number }>();
    const { events } = run(2, 300);
    let head: string | undefined;
    let finalized = 0;
    for (const { type, data } of events) {
      if (type === 'beacon.block-imported') {
        const { slot, parent_root } = data.block.message;
        expect(data.block_root).toBeDefined();
        parents.set(data.block_root ?? '', { parent: parent_root, slot: Number(slot) });
      } else if (type === 'beacon.finalization') {
        expect(Number(data.epoch)).toBeGreaterThan(finalized);
        expect(parents.has(data.root)).toBe(true);
        finalized = Number(data.epoch);
      } else if (type === 'beacon.head-changed') {
        const { previous_head_beacon_block_root: previous } = data;
        if (head !== undefined) expect(previous).toBe(head);
        head = data.current_head_beacon_block_root;
        expect(data.reorg).toBe(isReorg(parents, previous, head));
      }
    }
    expect(finalized).toBeGreaterThan(20);
  });
});

/** As the contract has it: whether the previous head stood at its slot in the new head's history. */
function isReorg(
  blocks: ReadonlyMap<string, { readonly parent: string; readonly slot: number }>,
  previous: string,
  head: string,
): boolean {
  const slot = blocks.get(previous)?.slot ?? 0;
  let at = head;
  while ((blocks.get(at)?.slot ?? 0) > slot) at = blocks.get(at)?.parent ?? '';
  return at !== previous;
}
