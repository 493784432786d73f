/** A cluster to watch: a client hops between gateways while they are killed. */
import type { Cluster } from './cluster.js';
import { HoppingClient } from './hopping-client.js';

export interface ShowOptions {
  /** Milliseconds between two things that happen to the cluster. */
  readonly everyMs: number;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Runs until the signal. */
export async function show(cluster: Cluster, { everyMs, signal, say }: ShowOptions): Promise<void> {
  let hops = 0;
  let gateway = '';
  const client = new HoppingClient({
    // Another one each time, in turn.
    pick: () => cluster.serving[hops++ % Math.max(1, cluster.serving.length)]?.hathor.event_ws,
    onHop: (url, after) => {
      gateway = new URL(url).host;
      say(`client: connected to ${gateway}, goes on after event ${String(after ?? 'none')}`);
    },
  });
  const report = setInterval(() => {
    say(`client: ${String((client.last ?? -1) + 1)} events, none missing, none twice (${gateway})`);
  }, everyMs / 2);
  const failed = client.reached(Infinity);
  try {
    await Promise.race([failed, disturb(cluster, everyMs, signal, say)]);
  } finally {
    clearInterval(report);
    client.stop();
    failed.catch(() => undefined);
  }
}

async function disturb(
  cluster: Cluster,
  everyMs: number,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  for (let round = 0; !signal.aborted; round++) {
    if (!(await pause(everyMs, signal))) return;
    if (round % 5 === 4) {
      say('cluster: the writer is killed (kill -9)');
      await cluster.failOver();
      say('cluster: the other writer has taken over');
      continue;
    }
    const index = round % cluster.size;
    say(`cluster: gateway ${String(index + 1)} is killed (kill -9)`);
    await cluster.killGateway(index);
    if (!(await pause(everyMs, signal))) return;
    await cluster.startGateway(index);
    say(`cluster: gateway ${String(index + 1)} is back`);
  }
}

/** @returns false if the signal came. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(true), ms);
    const stop = (): void => end(false);
    const end = (whole: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve(whole);
    };
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
}
