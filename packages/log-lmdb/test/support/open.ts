/** Opens a log, reads everything and reports what it found or why not. Arguments: path, `hold` to keep it open. */
import { lmdbLog } from '../../src/index.js';
import { SluiceError } from '@sluice/engine';

const [path = '', hold] = process.argv.slice(2);
const store = lmdbLog({ path });
try {
  const log = await store.open('events', { epoch: 'new epoch' });
  let bytes = 0;
  for (let next = log.first; next <= log.head;) {
    const { events } = await log.read(next, { events: 1000, bytes: 1_000_000 });
    next += events.length;
    for (const event of events) bytes += event.length;
  }
  console.log(JSON.stringify({ epoch: log.epoch, first: log.first, head: log.head, bytes }));
  if (hold === 'hold') process.stdin.resume();
  else await store.close();
} catch (error) {
  if (!(error instanceof SluiceError)) throw error;
  const { code, details, message } = error;
  console.log(JSON.stringify({ code, reason: details.reason, message }));
}
