/** Who gets which events, in which order (contract 5, 6, 8, 10 and 12). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { TestClient } from '@sluice/testing';
import type { BlockImported, Finalization, HeadChanged, LighthouseOptions } from '../src/index.js';
import { BeaconApp } from './support/beacon-app.js';
import { eventOf, golden, GOLDEN, STYLES, vector, type Frames } from './support/vectors.js';

interface Sequence {
  readonly frames: { readonly plain: readonly string[] };
}

const HEAD = golden('event-beacon_head_changed').plain;
const FINALIZATION = golden('event-beacon_finalization');

describe('events', () => {
  let beacon: BeaconApp;
  const start = async (options: LighthouseOptions = {}): Promise<void> => {
    beacon = await BeaconApp.start(options);
  };
  afterEach(() => beacon.stop());

  const dataOf = <T>(frame: string | undefined): T => eventOf(frame ?? '').data;

  it.each(STYLES)('lighthouse §8 vector: all six, byte for byte, %s', async (numbers) => {
    await start({ numbers });
    const client = await beacon.connect();
    for (const [, frames] of GOLDEN) {
      await beacon.publish(frames.quoted);
      expect(await client.nextMessage()).toMatchObject({ data: frames[numbers] });
    }
  });

  it('lighthouse §16.15 each of three clients receives the same text once', async () => {
    await start();
    const clients = await beacon.clients.connectMany(3, beacon.url);
    await beacon.publish(HEAD);
    for (const client of clients) {
      expect(await client.next()).toBe(HEAD);
      await client.expectSilence();
    }
  });

  it('lighthouse §16.16 a client that leaves costs the other nothing', async () => {
    await start();
    const [leaving, staying] = await beacon.clients.connectMany(2, beacon.url);
    leaving?.terminate();
    await beacon.publish(HEAD);
    expect(await staying?.next()).toBe(HEAD);
  });

  it('lighthouse §16.17 a head moves to its child, or to another branch', async () => {
    await start();
    const client = await beacon.connect();
    const reorg = golden('event-beacon_head_changed-reorg').plain;
    await beacon.publish(HEAD);
    await beacon.publish(reorg);
    expect(await client.take(2)).toEqual([HEAD, reorg]);
  });

  it('lighthouse §16.18 a head that is chosen again is no event', async () => {
    await start();
    const client = await beacon.connect();
    const { current_head_beacon_block_root: root } = dataOf<HeadChanged>(HEAD);
    await beacon.bus.publish('beacon.head-changed', {
      reorg: false,
      current_head_beacon_block_root: root,
      previous_head_beacon_block_root: root,
    });
    await client.expectSilence();
  });

  it.each<[LighthouseOptions, string]>([
    [{}, FINALIZATION.plain],
    [{ numbers: 'quoted' }, FINALIZATION.quoted],
    [{ compat: 'node' }, FINALIZATION.quoted],
    [{ compat: 'node', numbers: 'plain' }, FINALIZATION.plain],
  ])('lighthouse §16.19 with %j finality reads %s', async (options, frame) => {
    await start(options);
    const client = await beacon.connect();
    await beacon.publish(FINALIZATION.plain);
    expect(await client.next()).toBe(frame);
  });

  it('lighthouse §16.20 §16.21 an import has block_root, then block, and empty lists are there', async () => {
    await start();
    const client = await beacon.connect();
    const frame = golden('event-beacon_block_imported-empty-body').plain;
    const { block } = dataOf<BlockImported>(frame);
    await beacon.bus.publish('beacon.block-imported', { block });
    expect(await client.next()).toBe(frame);
    expect(frame).toMatch(
      /^\{"event":"beacon_block_imported","data":\{"block_root":"0x\w+","block":/,
    );
    expect(frame.match(/":\[\]/g)).toHaveLength(5);
  });

  it('lighthouse §16.22 a rejection has reason and block, and no block_root', async () => {
    await start();
    const client = await beacon.connect();
    await beacon.publish(golden('numbers-u64').quoted);
    const { data } = await client.nextJson<{ data: object }>();
    expect(Object.keys(data)).toEqual(['reason', 'block']);
  });

  it.each<[string, string, LighthouseOptions, number[]]>([
    ['lighthouse §16.23 imported, finalization, head', 'sequence-finalizing-block', {}, [0, 1, 2]],
    [
      'lighthouse §1 imported, head, finalization',
      'sequence-finalizing-block',
      { finalization: 'after-head' },
      [0, 2, 1],
    ],
  ])('%s: the order of one block', async (_, name, options, order) => {
    await start(options);
    const { plain } = vector<Sequence>(name).frames;
    const client = await beacon.connect();
    await beacon.chain.processed({
      imported: [dataOf<BlockImported>(plain[0])],
      finalization: dataOf<Finalization>(plain[1]),
      head: dataOf<HeadChanged>(plain[2]),
    });
    expect(await client.take(3)).toEqual(order.map((index) => plain[index]));
  });

  it('lighthouse §16.24 a batch is all its imports, then one head', async () => {
    await start();
    const { plain } = vector<Sequence>('sequence-batch-import').frames;
    const client = await beacon.connect();
    await beacon.chain.processed({
      imported: plain.slice(0, 2).map((frame) => dataOf<BlockImported>(frame)),
      head: dataOf<HeadChanged>(plain[2]),
    });
    expect(await client.take(3)).toEqual(plain);
  });

  it('lighthouse §1 attestation events are sent unless turned off, as in the last nodes', async () => {
    const attestations = GOLDEN.filter(([name]) => name.includes('attestation'));
    for (const options of [{ attestations: false }, { compat: 'node' } as const]) {
      await start(options);
      const client = await beacon.connect();
      for (const [, frames] of attestations) await beacon.publish(frames.plain);
      await client.expectSilence();
      await beacon.stop();
    }
    await start();
  });

  it('lighthouse §12 an event that cannot be written is lost for everybody, and no other', async () => {
    await start();
    const client = await beacon.connect();
    await beacon.bus.publish('beacon.finalization', { epoch: 2 ** 60, root: '0x' });
    await beacon.publish(HEAD);
    expect(await client.next()).toBe(HEAD);
  });

  it('lighthouse §6 a message over 65,535 bytes is one message', async () => {
    await start();
    const client = await beacon.connect();
    const { plain } = golden('event-beacon_block_imported') satisfies Frames;
    const { block } = dataOf<{ block: { message: { body: { attestations: unknown[] } } } }>(plain);
    const [attestation] = block.message.body.attestations;
    block.message.body.attestations = Array.from({ length: 128 }, () => attestation);
    await beacon.bus.publish('beacon.block-rejected', {
      reason: 'Invalid block: a “quote”, a "quote", a \\ and \u0007',
      block: block as never,
    });
    const text = await client.next();
    expect(text.length).toBeGreaterThan(65_535);
    expect(text).toContain('a “quote”, a \\"quote\\", a \\\\ and \\u0007","block":');
  });

  it('lighthouse §16.25 at shutdown every client gets 1001 "Shutting down."', async () => {
    await start();
    const clients = await beacon.clients.connectMany(5, beacon.url);
    await beacon.publish(HEAD);
    const { url } = beacon;
    await beacon.app.close();
    for (const client of clients) {
      expect(await client.next()).toBe(HEAD);
      expect(await client.closed()).toEqual({ code: 1001, reason: 'Shutting down.', clean: true });
    }
    await expect(TestClient.connect(url)).rejects.toThrow();
  });
});
