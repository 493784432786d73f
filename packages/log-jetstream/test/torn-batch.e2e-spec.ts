/** Writers that died in the middle of a batch of several messages. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { batchRecords } from '../src/batch-records.js';
import { jetstreamLog } from '../src/index.js';
import { appended, emptyState } from '../src/stream-state.js';
import { event, texts, textsFrom } from './support/events.js';
import { managing } from './support/manage.js';
import { NatsServer } from '../src/testing/index.js';

describe('a batch whose last message is missing', () => {
  let server: NatsServer;
  beforeAll(async () => (server = await NatsServer.start()));
  afterAll(() => server.end());

  /** Messages of a batch of `parts` events that follows event `head`, one event in each. */
  function messages(head: number, parts: number): Uint8Array[] {
    const before = { ...emptyState('e', 0, 1, {}), head };
    const events = Array.from({ length: parts }, () => Buffer.alloc(130_000, 'torn'));
    return batchRecords(events, before, appended(before, { events: parts, bytes: 0 }, {}), 2 ** 20);
  }

  it('does not count, whatever comes after it', async () => {
    const stream = randomUUID();
    // Torn attempts of this many messages, after each of which the log goes on.
    const attempts = [[3], [1, 2], [], [5, 1, 4]];
    let next = 0;
    for (const torn of attempts) {
      const store = jetstreamLog({ servers: server.url, stream });
      const log = await store.open('events', { epoch: 'e' });
      expect(log.head).toBe(next - 1);
      expect(trimmed(await textsFrom(log))).toEqual(texts(0, next - 1));
      await log.append([], { note: next });
      await log.append([event(next), event(next + 1)]);
      const large = [event(next + 2), event(next + 3), event(next + 4)];
      await log.append(large.map(({ id, bytes }) => ({ id, bytes: padded(bytes) })));
      next += 5;
      await store.close();
      await managing(server.url, async (_, client) => {
        for (const count of torn) {
          for (const message of messages(next - 1, count + 1).slice(0, count)) {
            await client.publish(`${stream}-events`, message);
          }
        }
      });
    }
    for (const events of [1, 2, 3, 7, 100]) {
      const store = jetstreamLog({ servers: server.url, stream });
      const log = await store.open('events', { epoch: 'e' });
      for (let from = 0; from < next; from += 1) {
        const found = await textsFrom(log, from, { events, bytes: 10_000_000 });
        expect(trimmed(found)).toEqual(texts(from, next - 1));
      }
      await store.close();
    }
  });
});

/** So large that every event of a batch is a message of its own. */
function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, Buffer.alloc(130_000, ' ')]);
}

const trimmed = (found: readonly string[]): string[] => found.map((text) => text.trimEnd());
