/**
 * Appends batches until one is refused, reports the error, waits for a line and goes on with the refused batch.
 * Arguments: path, durability, `give-up` to close the log instead.
 */
import { once } from 'node:events';
import { lmdbLog, type LmdbDurability } from '../../src/index.js';
import { SluiceError } from '@sluice/engine';
import { eventContent } from './event-content.js';

const [path = '', durability, then] = process.argv.slice(2) as [string, LmdbDurability, string?];
const store = lmdbLog({ path, durability });
const log = await store.open('events', { epoch: 'epoch-1' });

async function appendBatch(): Promise<void> {
  const batch = [];
  for (let id = log.head + 1; batch.length < 100; id += 1) {
    batch.push({ id, bytes: eventContent(id) });
  }
  await log.append(batch, { last: log.head + 100 });
}

for (;;) {
  const { head } = log;
  try {
    await appendBatch();
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    const { code, details, message } = error;
    const isUnchanged = log.head === head && log.marks.last === head;
    console.log(JSON.stringify({ code, reason: details.reason, message, head, isUnchanged }));
    break;
  }
}
if (then !== 'give-up') {
  await once(process.stdin, 'data');
  await appendBatch();
  console.log(JSON.stringify({ head: log.head }));
}
await store.close();
process.stdin.unref();
