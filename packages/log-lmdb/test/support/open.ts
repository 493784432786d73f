/**
 * Opens logs one after the other, reads each whole and reports what it found or why not. Arguments: the paths;
 * `--hold` first keeps the logs open.
 */
import { lmdbLog } from '../../src/index.js';
import { SluiceError } from '@sluice/engine';

const [first = '', ...others] = process.argv.slice(2);
const isHeld = first === '--hold';

for (const path of isHeld ? others : [first, ...others]) {
  console.log(JSON.stringify(await outcomeOf(path)));
}
if (isHeld) process.stdin.resume();

async function outcomeOf(path: string): Promise<unknown> {
  const store = lmdbLog({ path });
  try {
    const log = await store.open('events', { epoch: 'new epoch' });
    let bytes = 0;
    for (let next = log.first; next <= log.head;) {
      const { events } = await log.read(next, { events: 1000, bytes: 1_000_000 });
      next += events.length;
      for (const event of events) bytes += event.length;
    }
    if (!isHeld) await store.close();
    return { epoch: log.epoch, first: log.first, head: log.head, bytes };
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    const { code, details, message } = error;
    return { code, reason: details.reason, message };
  }
}
