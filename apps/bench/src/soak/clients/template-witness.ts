import { LoadClient } from '../../load/load-client.js';
import { hathorMining, templateKey } from '../endpoints/hathor-mining.endpoint.js';
import type { Tapes } from '../ledger/tapes.js';
import type { SoakUrls } from '../server/soak-server.js';

/** A miner that is always there: what it hears of is what the others must hear of. @returns what ends it. */
export async function watchTemplates(urls: SoakUrls, tapes: Tapes): Promise<() => void> {
  const socket = await LoadClient.open(hathorMining.url(urls));
  let isGreeted = false;
  socket.onMessage = (bytes, start, end) => {
    const key = templateKey(bytes.toString('utf8', start, end));
    if (isGreeted) tapes.add([{ stream: 'templates', key, at: socket.receivedAt }]);
    isGreeted = true;
  };
  return () => {
    socket.end();
  };
}
