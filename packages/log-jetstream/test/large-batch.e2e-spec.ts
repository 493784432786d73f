/** Batches of many messages, which are sent without waiting for one another. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DiscardPolicy } from '@nats-io/jetstream';
import type { EventLog, LogEntry } from '@sluice/engine';
import type { JetStreamLogStore } from '../src/index.js';
import { LogSite } from './support/log-site.js';
import { managing } from './support/manage.js';

const WIDE = { events: 1_000_000, bytes: 1_000_000_000 };

/** Events from `from` on, two of which fill a message. */
const large = (from: number, count: number, note = ''): LogEntry[] =>
  Array.from({ length: count }, (_, index) => ({
    id: from + index,
    bytes: Buffer.from(`event ${from + index}${note} `.padEnd(30_000, '.')),
  }));

async function texts(log: EventLog): Promise<string[]> {
  const { events } = await log.read(log.first, WIDE);
  return events.map((event) => Buffer.from(event).toString().replace(/ \.*$/, ''));
}

const expected = (to: number): string[] => Array.from({ length: to + 1 }, (_, id) => `event ${id}`);

describe('a batch of many messages', () => {
  let site: LogSite;
  beforeEach(async () => (site = await LogSite.start()));
  afterEach(() => site.end());

  const open = (store: JetStreamLogStore = site.store({ timeout: 2000 })): Promise<EventLog> =>
    store.open('events', { epoch: 'e' });

  it('is stored once, whatever becomes of its acknowledgements', async () => {
    const log = await open(site.storeBehindProxy({ timeout: 2000 }));
    for (let from = 0; from < 400; from += 80) {
      const lost = site.proxy.loseNextAnswer();
      await Promise.all([log.append(large(from, 80), { last: from }), lost]);
    }
    expect(await texts(log)).toEqual(expected(399));
    const again = await open();
    expect([again.head, again.marks.last]).toEqual([399, 320]);
    expect(await texts(again)).toEqual(expected(399));
  });

  it('is stored whole by one of two writers, and not at all by the other, however they meet', async () => {
    let next = 0;
    const stored: string[] = [];
    for (let round = 0; round < 12; round += 1) {
      const logs = await Promise.all([open(), open()]);
      const notes = [` of one in ${round}`, ` of two in ${round}`];
      const ends = await Promise.allSettled(
        logs.map((log, index) => log.append(large(next, 40, notes[index]))),
      );
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { details: { reason: 'fenced' } },
      });
      const note = ends[0]?.status === 'fulfilled' ? notes[0] : notes[1];
      for (let id = next; id < next + 40; id += 1) stored.push(`event ${id}${note}`);
      next += 40;
      await site.closeStores();
    }
    expect(await texts(await open())).toEqual(stored);
  });

  it('for which there is no room is not stored, and what comes later is', async () => {
    const log = await open();
    await log.append(large(0, 10));
    await managing(site.server.url, ({ streams }) =>
      streams.update('sluice-events', { max_bytes: 1_000_000, discard: DiscardPolicy.New }),
    );
    await expect(log.append(large(10, 100))).rejects.toMatchObject({
      code: 'LIMIT',
      details: { reason: 'storage-full' },
    });
    expect([log.head, (await open()).head]).toEqual([9, 9]);
    await managing(site.server.url, ({ streams }) =>
      streams.update('sluice-events', { max_bytes: -1 }),
    );
    await log.append(large(10, 100));
    expect(await texts(log)).toEqual(expected(109));
    expect(await texts(await open())).toEqual(expected(109));
  });
});
