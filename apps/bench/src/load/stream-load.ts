import { monotonicMicros } from '../processes/monotonic.js';
import { LoadClient } from './load-client.js';
import { numberAfter } from './number-after.js';

/** How to read an acknowledged stream (`/event_ws`): the whole window is acknowledged when it is full. */
export interface StreamReading {
  readonly url: string;
  readonly events: number;
  readonly window: number;
  /** Clients that read at the same time, each from the beginning. */
  readonly clients: number;
}

const ID = Buffer.from('"id":');

/**
 * @returns microseconds from the first request to the last event.
 * @throws Error if an event is missing, comes twice or in the wrong order, or a connection is lost.
 */
export async function readStream(reading: StreamReading): Promise<number> {
  const opened = Array.from({ length: reading.clients }, () => LoadClient.open(reading.url));
  const clients = await Promise.all(opened);
  try {
    const start = monotonicMicros();
    await Promise.all(clients.map((client) => readAll(client, reading)));
    return monotonicMicros() - start;
  } finally {
    for (const client of clients) client.end();
  }
}

function readAll(client: LoadClient, { events, window }: StreamReading): Promise<void> {
  return new Promise((resolve, reject) => {
    let next = 0;
    client.onLost = reject;
    client.onMessage = (payload) => {
      const id = numberAfter(payload, ID);
      if (id !== next) {
        throw new Error(`Event ${next} was to come: ${payload.toString('utf8', 0, 200)}`);
      }
      next++;
      if (next === events) resolve();
      else if (next % window === 0) {
        client.send(JSON.stringify({ type: 'ACK', ack_event_id: id, window_size: window }));
      }
    };
    client.send(JSON.stringify({ type: 'START_STREAM', window_size: window }));
  });
}
