import { describe, expect, it } from '@jest/globals';
import { EventBus } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';
import { NanoMockChain, NanoTraffic } from '@sluice/mock-chain/nano';
import { readConfig } from '../config/sample-config.js';
import { NanoFeed } from './nano-feed.js';

function begin(...args: string[]) {
  const clock = new ManualClock();
  const bus = new EventBus();
  const chain = new NanoMockChain({ seed: 1, accounts: 2 });
  const traffic = new NanoTraffic(chain, { seed: 1 });
  const feed = new NanoFeed({ chain, traffic }, readConfig(args, {}), clock, bus);
  const heard: string[] = [];
  bus.events$.subscribe(({ type }) => heard.push(type));
  feed.onApplicationBootstrap();
  return { clock, bus, chain, feed, heard };
}

describe('the feed of the Nano chain', () => {
  it('publishes what an action brings before the action is answered', async () => {
    const { feed, heard } = begin('--pace', '0');
    const { events } = await feed.perform((chain) => chain.send());
    expect(heard).toEqual(events.map(({ type }) => type));
    expect(heard.at(-1)).toBe('block.confirmed');
  });

  it('publishes what happened before an action failed', async () => {
    const { feed, heard } = begin('--pace', '0');
    const action = feed.perform((chain) => {
      chain.telemetry();
      throw new Error('no further');
    });
    await expect(action).rejects.toThrow('no further');
    expect(heard).toEqual(['telemetry.received']);
  });

  it('takes a step of the traffic at its pace', () => {
    const { clock, feed, heard } = begin('--pace', '5s');
    expect(feed.paceMs).toBe(5000);
    clock.advance(4999);
    expect(heard).toEqual([]);
    clock.advance(1);
    expect(heard).not.toEqual([]);
    feed.onModuleDestroy();
    const before = heard.length;
    clock.advance(60_000);
    expect(heard).toHaveLength(before);
  });

  it('moves by hand only where Hathor serves fixed events', () => {
    const { feed } = begin('--scenario', 'REORG');
    expect(feed.paceMs).toBe(0);
  });
});
