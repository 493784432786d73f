/** Many readers of a long stream that keeps growing: order, completeness, memory (design, section 6, rule 4). */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { RawClient } from '@sluice/testing';
import { startStream } from './support/event-frame.js';
import { EventReader } from './support/event-reader.js';
import { filledHash, fillLog } from './support/filled-log.js';
import { SamplePool } from './support/sample-pool.js';
import type { SampleProcess } from './support/sample-process.js';

const EVENTS = 200_000;
const MIB = 1024 ** 2;
/**
 * What the process may grow by after its warm-up. The events that are read come to more than 250 MiB for one reader alone, so
 * whatever queues them, or keeps what was sent, goes far beyond; below it are the collector's habits and the growing chain.
 */
const GROWTH = 48 * MIB;

describe('a sample with 200,000 stored events, and blocks that keep coming', () => {
  const samples = new SamplePool();
  let readers: EventReader[] = [];
  let sample: SampleProcess;
  let firstFilled: number;

  beforeAll(async () => {
    const first = await samples.start();
    await first.control('mine', { blocks: 20 });
    for (let count = 0; count < 5; count++) await first.control('transfer');
    firstFilled = (await first.status()).latest_event_id + 1;
    await first.stop();
    await fillLog(first.data, EVENTS - 1);
    sample = await samples.start(['--pace', '100ms'], { data: first.data });
  });
  afterEach(async () => {
    const all = readers;
    readers = [];
    await Promise.all(all.map((reader) => reader.close()));
  });
  afterAll(() => samples.endAll());

  async function read(after: number | null, window: number): Promise<EventReader> {
    const reader = await EventReader.start(sample.urls.event_ws, { after, window, onFrame });
    readers.push(reader);
    return reader;
  }

  function onFrame(id: number, text: string): void {
    if (id < firstFilled || id >= EVENTS || text.includes(filledHash(id))) return;
    throw new Error(`event ${id} is not what was stored: ${text.slice(0, 300)}`);
  }

  it('brings all of them to one reader while fifty read elsewhere, in memory that does not grow', async () => {
    const { latest_event_id: head } = await sample.status();
    const main = await read(null, 1000);
    const others = Array.from({ length: 50 }, async (_, index) => {
      const after = index * 3900;
      const reader = await read(after, 20 + index * 13);
      await reader.reached(after + 4000);
      await reader.close();
    });
    const atTheHead = await Promise.all([read(head, 1), read(head - 10, 100)]);

    await main.reached(EVENTS / 5);
    const warm = sample.ownMemory();
    let most = warm;
    for (let id = EVENTS / 5; id <= EVENTS; id += 5000) {
      await main.reached(id);
      most = Math.max(most, sample.ownMemory());
    }
    await Promise.all(others);
    const { latest_event_id: grown } = await sample.status();
    expect(grown).toBeGreaterThan(head);
    await Promise.all([main, ...atTheHead].map((reader) => reader.reached(grown + 20)));
    expect(most - warm).toBeLessThan(GROWTH);
  });

  it('a reader that stalls costs nobody anything, and goes on without a gap when it reads again', async () => {
    await using stalled = await RawClient.connect(sample.urls.event_ws);
    stalled.sendText(JSON.stringify(startStream(null, EVENTS)));
    expect(await stalled.nextFrame()).toMatchObject({ kind: 'text' });
    stalled.stall();
    const before = sample.ownMemory();
    const { latest_event_id: head } = await sample.status();

    const healthy = await Promise.all([
      ...Array.from({ length: 5 }, (_, index) => read(index * 20_000, 500)),
      read(head, 10),
    ]);
    await Promise.all(
      healthy.slice(0, 5).map((reader, index) => reader.reached((index + 1) * 20_000)),
    );
    await healthy[5]?.reached(head + 50);
    expect(sample.ownMemory() - before).toBeLessThan(GROWTH);
    const taken = stalled.received;
    expect(taken).toBeLessThan(EVENTS / 2);

    stalled.resume();
    for (let id = 1; id <= taken + 20_000; id++) {
      const received = await stalled.nextFrame();
      const text = received.kind === 'text' ? received.text : received.kind;
      if (!text.includes(`"event":{"id":${id},`)) throw new Error(`at ${id} came ${text}`);
      onFrame(id, text);
    }
  });
});
