/** Appends without end and reports the last id of each acknowledged batch. Arguments: path, durability. */
import { writeSync } from 'node:fs';
import { lmdbLog, type LmdbDurability } from '../../src/index.js';
import { eventContent } from './event-content.js';

const [path = '', durability] = process.argv.slice(2) as [string, LmdbDurability];
const log = await lmdbLog({ path, durability }).open('events', { epoch: 'epoch-1' });
writeSync(1, `${log.head}\n`);

/** Keeps `concurrent` appends under way, of 1 to 40 events each. */
async function appendForEver(concurrent: number): Promise<void> {
  let next = log.head + 1;
  const one = async (): Promise<void> => {
    for (;;) {
      const first = next;
      next += 1 + ((first * 31) % 40);
      const last = next - 1;
      const batch = [];
      for (let id = first; id <= last; id += 1) batch.push({ id, bytes: eventContent(id) });
      await log.append(batch, { last });
      writeSync(1, `${last}\n`);
    }
  };
  await Promise.all(Array.from({ length: concurrent }, one));
}

await appendForEver(8);
