/** How the relay lives with its node: order, gaps, reconnection (contract 13, rules 1 to 10). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { relayMetrics, type MetricsRegistry } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';
import { METRICS } from '@sluice/nestjs';
import type { BlockImported } from '../src/index.js';
import { FakeBeaconNode } from './support/fake-beacon-node.js';
import { RelayApp, type RelayAppOptions } from './support/relay-app.js';
import { eventOf, golden } from './support/vectors.js';

const { block } = eventOf(golden('event-beacon_block_imported-empty-body').quoted)
  .data as BlockImported;
const root = (n: number): string => `0x${n.toString(16).padStart(64, '0')}`;
const head = (n: number, more: object = {}): object => ({
  slot: String(n),
  block: root(n),
  ...more,
});

describe('the relay', () => {
  let node: FakeBeaconNode;
  let relay: RelayApp;

  beforeEach(async () => {
    node = await FakeBeaconNode.start();
    for (let n = 100; n < 120; n++) {
      node.head(root(n), n, root(n - 1));
      node.block(root(n), block);
    }
    node.head(root(100), 100, root(99));
  });
  afterEach(() => relay.stop());

  const start = async (options: RelayAppOptions = {}): Promise<void> => {
    relay = await RelayApp.start(node, options);
  };

  /** What frames tell, in short. */
  const told = (frames: readonly string[]): string[] =>
    frames.map((text) => {
      const { event, data } = JSON.parse(text) as {
        event: string;
        data: { block_root?: string; current_head_beacon_block_root?: string; epoch?: number };
      };
      const about = data.block_root ?? data.current_head_beacon_block_root;
      const what = about === undefined ? data.epoch : parseInt(about, 16);
      return `${event.replace('beacon_', '')} ${String(what)}`;
    });

  it('lighthouse §13.1 sends nothing for the head it finds', async () => {
    await start();
    await relay.client.expectSilence();
    expect(relay.relay.head).toMatchObject({ root: root(100), slot: 100 });
  });

  it('lighthouse §16.29 keep-alive comments bring nothing', async () => {
    await start();
    node.comment('');
    node.comment('keep-alive');
    node.send('head', head(101));
    expect(told(await relay.frames(1))).toEqual(['head_changed 101']);
  });

  it('lighthouse §13 falls back to the topics that an older node knows', async () => {
    node.unknownTopics.add('head_v2').add('single_attestation');
    await start({ relay: { attestations: true } });
    expect(node.opened).toEqual(['block,finalized_checkpoint,head,attestation']);
  });

  it('lighthouse §13.10 asks for attestations only when told to', async () => {
    await start();
    expect(node.opened).toEqual(['block,finalized_checkpoint,head_v2']);
  });

  it('lighthouse §13.4 §13.6 a head does not overtake its block, which may come late', async () => {
    await start();
    node.answers.set(`GET /eth/v2/beacon/blocks/${root(101)}`, [
      { status: 404 },
      { status: 503 },
      { data: block },
    ]);
    node.send('block', head(101));
    node.send('head', head(101));
    expect(told(await relay.frames(2))).toEqual(['block_imported 101', 'head_changed 101']);
  });

  it('lighthouse §13.4 a head waits for its block, but not for ever', async () => {
    const clock = new ManualClock();
    await start({ relay: { clock, blockRetryMs: 10_000 } });
    node.answers.set(`GET /eth/v2/beacon/blocks/${root(101)}`, [{ status: 404 }, { data: block }]);
    node.send('block', head(101));
    node.send('head', head(101));
    await relay.until(
      () => node.requests.at(-1)?.includes('/blocks/') === true && clock.pending >= 2,
    );
    clock.advance(1999);
    await relay.client.expectSilence();
    clock.advance(1);
    expect(told([await relay.client.next()])).toEqual(['head_changed 101']);
    clock.advance(8000);
    expect(told([await relay.client.next()])).toEqual(['block_imported 101']);
  });

  it('lighthouse §13.6 a block that never comes is dropped, and nothing else', async () => {
    await start();
    node.answers.delete(`GET /eth/v2/beacon/blocks/${root(101)}`);
    node.send('block', head(101));
    node.send('head', head(101));
    expect(told(await relay.frames(1))).toEqual(['head_changed 101']);
    const fetched = node.requests.filter((line) => line.includes('/blocks/'));
    expect(fetched).toHaveLength(5);
  });

  it('lighthouse §13.9 a block that is announced twice is imported once', async () => {
    await start();
    for (let times = 0; times < 3; times++) node.send('block', head(101));
    expect(told(await relay.frames(1))).toEqual(['block_imported 101']);
  });

  it('lighthouse §13.5 the first head of an epoch can wait for finalization', async () => {
    const clock = new ManualClock();
    await start({ relay: { clock, finalizationHoldMs: 250 } });
    node.send('head', head(101, { epoch_transition: true }));
    node.send('finalized_checkpoint', { epoch: '3', block: root(64), state: root(1) });
    expect(told(await relay.client.take(2))).toEqual(['finalization 3', 'head_changed 101']);
    node.send('head', head(102, { epoch_transition: true }));
    await relay.until(() => clock.pending > 0);
    clock.advance(250);
    expect(told([await relay.client.next()])).toEqual(['head_changed 102']);
    node.send('head', head(103, { epoch_transition: true }));
    node.send('head', head(104));
    expect(told(await relay.client.take(2))).toEqual(['head_changed 103', 'head_changed 104']);
  });

  it('lighthouse §13.7 optimistic events pass, unless told otherwise', async () => {
    const optimistic = { execution_optimistic: true };
    await start();
    node.send('head', head(101, optimistic));
    expect(told(await relay.frames(1))).toEqual(['head_changed 101']);
    await relay.stop();
    node = await FakeBeaconNode.start();
    node.head(root(100), 100);
    node.header(root(102), root(102), 102, root(101));
    await start({ relay: { optimistic: false } });
    node.send('block', head(101, optimistic));
    node.send('head', head(101, optimistic));
    node.send('finalized_checkpoint', {
      epoch: '3',
      block: root(64),
      state: root(1),
      ...optimistic,
    });
    node.send('head', head(102));
    expect(told(await relay.frames(1))).toEqual(['head_changed 102']);
  });

  it('lighthouse §13.8 after a disconnect the missed blocks come first, then one head', async () => {
    await start();
    node.head(root(104), 104, root(103));
    node.cut();
    expect(told(await relay.client.take(5))).toEqual([
      'block_imported 101',
      'block_imported 102',
      'block_imported 103',
      'block_imported 104',
      'head_changed 104',
    ]);
    await relay.until(() => relay.relay.status.state === 'online' && node.listeners === 1);
    node.send('head', head(105));
    expect(told([await relay.client.next()])).toEqual(['head_changed 105']);
  });

  it('lighthouse §13.8 after a disconnect in which nothing happened nothing is sent', async () => {
    await start();
    node.cut();
    await relay.until(() => node.opened.length === 2 && relay.relay.status.state === 'online');
    await relay.until(() => node.requests.filter((line) => line.endsWith('/head')).length === 2);
    await relay.client.expectSilence();
  });

  it('lighthouse §13.8 a head that the node sends before it has told where it stands is not lost', async () => {
    await start();
    node.greeting.push(['head', head(101)]);
    node.cut();
    expect(told([await relay.client.next()])).toEqual(['head_changed 101']);
  });

  it('lighthouse §13.8 heads behind the one the node tells go on from there, those before it are no news', async () => {
    await start();
    node.head(root(102), 102, root(101));
    node.greeting.push(['head', head(101)], ['head', head(102)], ['head', head(103)]);
    node.cut();
    expect(told(await relay.frames(4))).toEqual([
      'block_imported 101',
      'block_imported 102',
      'head_changed 102',
      'head_changed 103',
    ]);
  });

  it('lighthouse §13.8 a gap that the node admits is treated the same way', async () => {
    await start({ relay: { missedBlocks: 2 } });
    node.head(root(110), 110, root(109));
    node.comment(' error - dropped 12 messages');
    expect(told(await relay.frames(3))).toEqual([
      'block_imported 109',
      'block_imported 110',
      'head_changed 110',
    ]);
  });

  it('counts connections, what the node tells, and gaps by whether all of their blocks were had', async () => {
    await start({ relay: { missedBlocks: 2 } });
    const metrics = relay.app.get<MetricsRegistry>(METRICS);
    const labels = { relay: 'lighthouse' };
    node.send('head', head(101));
    await relay.frames(1);
    // The head, and the mark behind it.
    expect(metrics.total(relayMetrics.events, labels)).toBe(2);
    node.head(root(102), 102, root(101));
    node.comment(' error - dropped 1 messages');
    await relay.client.take(2);
    expect(metrics.total(relayMetrics.gaps, { ...labels, result: 'filled' })).toBe(1);
    node.head(root(110), 110, root(109));
    node.cut();
    await relay.client.take(3);
    expect(metrics.total(relayMetrics.gaps, { ...labels, result: 'lost' })).toBe(1);
    expect(metrics.total(relayMetrics.connections, labels)).toBe(2);
    expect(metrics.total(relayMetrics.state, { ...labels, state: 'online' })).toBe(1);
  });

  it('goes over to another node when one is gone, and stays with what clients know', async () => {
    const second = await FakeBeaconNode.start();
    second.head(root(101), 101, root(100));
    await start({ relay: { upstreams: [node.url, second.url], missedBlocks: 0 } });
    await node.stop();
    expect(told([await relay.client.next()])).toEqual(['head_changed 101']);
    await second.stop();
    await relay.until(() => relay.relay.status.state === 'waiting');
    expect(relay.relay.head?.slot).toBe(101);
  });

  it('serves clients while the node is down', async () => {
    await start();
    await node.stop();
    await relay.client.expectSilence();
  });
});
