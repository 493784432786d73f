/** Opens a log and backs it up once per line on its standard input. Arguments: its path, that of the copy. */
import { createInterface } from 'node:readline';
import { SluiceError } from '@sluice/engine';
import { lmdbLog } from '../../src/index.js';

const [path = '', copy = ''] = process.argv.slice(2);
const store = lmdbLog({ path });
const { head } = await store.open('events', { epoch: 'epoch-1' });
console.log(JSON.stringify({ head }));
const lines = createInterface(process.stdin)[Symbol.asyncIterator]();
while ((await lines.next()).done !== true) {
  try {
    await store.backup(copy);
    break;
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    console.log(JSON.stringify({ code: error.code, reason: error.details.reason }));
  }
}
await store.close();
process.stdin.unref();
