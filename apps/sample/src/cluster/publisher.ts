import type { Cluster } from './cluster.js';

const BATCH = 500;
const RETRY_MS = 200;

/** Small, and of no consequence for the chain. */
const EVENT = {
  type: 'vertex.removed',
  data: {
    hash: '00'.repeat(32),
    nonce: 0,
    timestamp: 1_600_000_000,
    signal_bits: 0,
    version: 1,
    weight: 1,
    inputs: [],
    outputs: [],
    parents: [],
    tokens: [],
    token_name: null,
    token_symbol: null,
    aux_pow: null,
    headers: [],
    name: null,
  },
} as const;

interface Status {
  readonly latest_event_id: number;
}

/** Publishes events on whichever node is the writer until there are so many. Attempts that fail may have succeeded. */
export async function publishUpTo(
  events: number,
  cluster: Cluster,
  signal: AbortSignal,
): Promise<void> {
  let stored = 0;
  while (stored < events && !signal.aborted) {
    try {
      stored = await publish(0, cluster);
      const missing = Math.ceil(events) - stored;
      if (missing > 0) stored = await publish(Math.min(BATCH, missing), cluster);
    } catch {
      // There is no writer now, or it has ended before it could answer.
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** @returns how many events are stored then. */
async function publish(count: number, cluster: Cluster): Promise<number> {
  const { control } = cluster.writer.hathor;
  if (control === undefined) throw new Error('the writer has no control');
  const response =
    count === 0
      ? await fetch(control)
      : await fetch(`${control}/event`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...EVENT, count }),
        });
  if (!response.ok) throw new Error(await response.text());
  return ((await response.json()) as Status).latest_event_id + 1;
}
