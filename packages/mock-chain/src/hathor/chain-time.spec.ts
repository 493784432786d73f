import { describe, expect, it } from '@jest/globals';
import { encodeVertex, p2pkhScript } from '@sluice/hathor/codec';
import { provenHandMade } from '../../test/support/hand-made.js';
import { minedBlock, templateOf } from '../../test/support/miner.js';
import { recordedChain } from '../../test/support/recorded-chain.js';
import type { HathorMockChainOptions } from './hathor-mock-chain.js';

const START = 1_800_000_000;
const HOUR = 3600;

/** A chain that follows a clock which the test moves. */
function followingChain(blocks: number, options: Partial<HathorMockChainOptions> = {}) {
  const clock = { now: START };
  return { clock, ...recordedChain(blocks, { ...options, clock: () => clock.now }) };
}

describe("a chain's own clock", () => {
  it('runs by advance alone and stamps vertices and events', () => {
    const { chain, events } = recordedChain(0, { startTime: 1_700_000_000 });
    chain.advance(12.5);
    const { timestamp } = chain.mineBlock();
    expect(timestamp).toBe(1_700_000_012);
    expect(new Set(events.map(({ time }) => time))).toEqual(new Set([1_700_000_012.5]));
  });

  it('never stays behind the newest vertex', () => {
    const { chain } = recordedChain(400, { startTime: 1_700_000_000 });
    expect(chain.time).toBe(chain.best.timestamp);
    expect(chain.best.timestamp).toBe(1_700_000_399);
  });

  it('does not go back', () => {
    const { chain } = recordedChain(0);
    expect(() => {
      chain.advance(-1);
    }).toThrow(RangeError);
  });
});

describe('a chain that follows a clock', () => {
  it('dates its vertices a second before it, however it moves', () => {
    const { chain, clock } = followingChain(0);
    expect(chain.mineBlock().timestamp).toBe(START - 1);
    clock.now += 7.9;
    chain.advance(1000);
    expect(chain.mineBlock().timestamp).toBe(START + 6);
    expect(chain.time).toBe(START + 7.9);
  });

  it('is ahead of it only where a vertex must be newer than its parents', () => {
    const { chain, clock } = followingChain(3);
    expect(chain.best.timestamp).toBe(START + 1);
    clock.now += 10;
    expect(chain.mineBlock().timestamp).toBe(START + 9);
    clock.now -= 20;
    expect(chain.mineBlock().timestamp).toBe(START + 10);
  });

  it('dates many vertices back so that the last one is not ahead', () => {
    const { chain, clock } = followingChain(0);
    chain.leaveRoom(5);
    const times = Array.from({ length: 5 }, () => chain.mineBlock().timestamp - START);
    expect(times).toEqual([-5, -4, -3, -2, -1]);
    clock.now += 100;
    expect(chain.mineBlock().timestamp).toBe(START + 99);
  });

  it('takes a transaction with the time of a wallet that has just been paid', () => {
    const { chain } = followingChain(0);
    chain.leaveRoom(3);
    chain.mineBlock();
    chain.mineBlock();
    const { hash, outputs } = chain.transfer({ to: chain.wallet.addressAt(7), amount: 500n });
    const index = outputs.findIndex(({ value }) => value === 500);
    const coin = { txId: hash, index, value: 500, key: 7 };
    const spend = provenHandMade(chain, coin, { timestamp: START });
    expect(chain.pushTransaction(encodeVertex(spend)).timestamp).toBe(START);
  });

  it('refuses what is more than five minutes ahead of it', () => {
    const { chain, clock } = followingChain(3);
    clock.now += 10;
    const coin = { txId: chain.blockAt(1)?.hash ?? '', index: 0, value: 6400, key: 0 };
    const early = encodeVertex(provenHandMade(chain, coin, { timestamp: START + 311 }));
    expect(() => chain.pushTransaction(early)).toThrow('more than 300 s in the future');
    clock.now += 1;
    expect(chain.pushTransaction(early).timestamp).toBe(START + 311);
  });

  it('hathor §3.6 row 7: is not taken ahead by a miner who dates block after block as late as he may', () => {
    const { chain, clock } = followingChain(3);
    const late = () => {
      const template = templateOf(chain);
      return minedBlock(template, {
        timestamp: Math.max(template.timestamp_min, template.timestamp_max),
      });
    };
    clock.now += 10;
    expect(chain.submitBlock(late())).toBe('accepted');
    expect(chain.best.timestamp).toBe(clock.now + 300);
    expect(chain.time).toBe(clock.now);
    expect(templateOf(chain)).toMatchObject({
      timestamp_now: clock.now,
      timestamp_min: clock.now + 301,
      timestamp_max: clock.now + 300,
    });
    const early = late();
    expect(() => chain.submitBlock(early)).toThrow('more than 300 s in the future');
    clock.now += 1;
    expect(chain.submitBlock(early)).toBe('accepted');
  });

  it('goes on by itself, a second for each vertex, where a miner has dated a block ahead', () => {
    const { chain, clock } = followingChain(3);
    clock.now += 10;
    const { timestamp_max: timestamp } = templateOf(chain);
    chain.submitBlock(minedBlock(templateOf(chain), { timestamp }));
    for (let blocks = 1; blocks <= 5; blocks++) {
      expect(chain.mineBlock().timestamp).toBe(timestamp + blocks);
      expect(chain.time).toBe(clock.now + blocks);
    }
    clock.now += 400;
    expect(chain.mineBlock().timestamp).toBe(clock.now - 1);
  });

  it('unlocks a timelock when its moment has passed', () => {
    const { chain, clock } = followingChain(3);
    const lock = START + 4;
    const script = p2pkhScript(chain.wallet.keyAt(5).hash, lock);
    const { hash, outputs } = chain.transfer({ amount: 500n, script });
    const index = outputs.findIndex(({ value }) => value === 500);
    const coin = { txId: hash, index, value: 500, key: 5 };
    const spend = (timestamp: number) => encodeVertex(provenHandMade(chain, coin, { timestamp }));
    clock.now = lock;
    expect(() => chain.pushTransaction(spend(clock.now))).toThrow('does not satisfy');
    clock.now += 1;
    expect(chain.pushTransaction(spend(clock.now)).timestamp).toBe(lock + 1);
  });
});

describe('a chain that nobody drove for long', () => {
  it('bridges the gap by a block an hour, each within the distance that the rules allow', () => {
    const { chain, clock } = followingChain(3);
    const before = chain.best.timestamp;
    clock.now += 3 * HOUR;
    const idle = [];
    while (chain.isIdle) idle.push(chain.mineIdleBlock().timestamp - before);
    expect(idle).toEqual([HOUR, 2 * HOUR]);
    expect(chain.mineBlock().timestamp).toBe(clock.now - 1);
  });

  it('leaves newer transactions for the block that comes after them', () => {
    const { chain, clock } = followingChain(3);
    clock.now += 2 * HOUR;
    const { hash } = chain.transfer();
    while (chain.isIdle) chain.mineIdleBlock();
    expect(chain.vertex(hash)?.metadata.first_block).toBeNull();
    const { hash: block } = chain.mineBlock();
    expect(chain.vertex(hash)?.metadata.first_block).toBe(block);
  });

  it('has weights within its limits, falling over the gap and rising again with the pace', () => {
    const { chain, clock } = followingChain(0);
    const paced = (blocks: number) => {
      for (let left = blocks; left > 0; left--) {
        clock.now += 20;
        chain.mineBlock();
      }
      return chain.best.weight;
    };
    const { minBlockWeight, maxBlockWeight } = chain.parameters;
    expect(paced(300)).toBe(maxBlockWeight);
    clock.now += 400 * HOUR;
    const weights = [];
    while (chain.isIdle) weights.push(chain.mineIdleBlock().weight);
    expect(weights).toHaveLength(400);
    for (const weight of weights) {
      expect(weight).toBeGreaterThanOrEqual(minBlockWeight);
      expect(weight).toBeLessThanOrEqual(maxBlockWeight);
    }
    expect(weights.at(-1)).toBe(minBlockWeight);
    expect(paced(300)).toBeGreaterThan(minBlockWeight + 1);
  });

  it('can be reorganised across the gap', () => {
    const { chain, clock } = followingChain(5);
    clock.now += 5 * HOUR;
    while (chain.isIdle) chain.mineIdleBlock();
    chain.mineBlock();
    const best = chain.reorg({ depth: 4 });
    expect(chain.best.hash).toBe(best.hash);
    expect(chain.best.timestamp).toBeLessThanOrEqual(clock.now + 1);
  });

  it('is not one that has no block yet', () => {
    expect(followingChain(0).chain.isIdle).toBe(false);
  });

  it('goes by its own clock when a miner has dated the first block years ago', () => {
    const { chain } = followingChain(0);
    const { timestamp_min } = templateOf(chain);
    expect(chain.submitBlock(minedBlock(templateOf(chain)))).toBe('accepted');
    expect([chain.best.timestamp, chain.isIdle]).toEqual([timestamp_min, false]);
    expect(templateOf(chain)).toMatchObject({
      timestamp_now: timestamp_min,
      timestamp_max: timestamp_min + 300,
    });
    chain.advance(60);
    const [first, second] = [chain.mineBlock(), chain.mineBlock()];
    const { hash, timestamp } = chain.transfer();
    const ages = [first.timestamp, second.timestamp, timestamp].map((time) => time - timestamp_min);
    expect(ages).toEqual([60, 61, 61]);
    const { hash: block } = chain.mineBlock();
    expect(chain.vertex(hash)?.metadata.first_block).toBe(block);
  });
});
