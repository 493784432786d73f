import { describe, expect, it } from '@jest/globals';
import type { LmdbDurability } from '../src/index.js';
import { Child } from './support/child.js';
import { eventContent } from './support/event-content.js';
import { inDirectory, inLog } from './support/log-directory.js';

/** Number of acknowledgements after which each process is killed: at once, early, in full swing. */
const KILL_AFTER = [0, 1, 40, 600];

async function appendUntilKilled(
  path: string,
  durability: LmdbDurability,
  acknowledgements: number,
): Promise<number> {
  const child = new Child('append.ts', [path, durability], {});
  let last = Number(await child.next());
  for (let count = 0; count < acknowledgements; count += 1) last = Number(await child.next());
  child.process.kill('SIGKILL');
  for (const line of await child.rest()) last = Number(line);
  expect((await child.ended).signal).toBe('SIGKILL');
  return last;
}

describe.each(['flush', 'commit'] as const)('kill -9 with durability %s', (durability) => {
  it('leaves every acknowledged event, whole batches and no gap', async () => {
    await inDirectory(async (path) => {
      let acknowledged = -1;
      for (const count of KILL_AFTER) {
        acknowledged = await appendUntilKilled(path, durability, count);
        await inLog(path, async (log) => {
          expect(log.head).toBeGreaterThanOrEqual(acknowledged);
          expect(log.epoch).toBe('epoch-1');
          expect(log.marks.last ?? -1).toBe(log.head);
          for (let next = 0; next <= log.head;) {
            const { events } = await log.read(next, { events: 500, bytes: 1_000_000 });
            expect(events.length).toBeGreaterThan(0);
            const start = next;
            const wrong = events.filter(
              (event, index) => !eventContent(start + index).equals(event),
            );
            expect(wrong).toEqual([]);
            next += events.length;
          }
        });
      }
      expect(acknowledged).toBeGreaterThan(600);
    });
  });
});
