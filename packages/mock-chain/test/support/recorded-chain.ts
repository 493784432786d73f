import { HathorMockChain } from '../../src/index.js';
import type { HathorMockChainOptions, MockChainEvent } from '../../src/index.js';

/** A chain that has mined some blocks, and what it announces from then on. */
export function recordedChain(
  blocks: number,
  options: Partial<HathorMockChainOptions> = {},
): { chain: HathorMockChain; events: MockChainEvent[] } {
  const chain = new HathorMockChain({ seed: 1, ...options });
  for (let left = blocks; left > 0; left--) chain.mineBlock();
  const events: MockChainEvent[] = [];
  chain.on((event) => events.push(event));
  return { chain, events };
}

/** Types with the ids of their vertices. */
export function brief(events: readonly MockChainEvent[]): (readonly [type: string, id?: string])[] {
  return events.map(({ type, data }) => ('hash' in data ? [type, data.hash] : [type]));
}
