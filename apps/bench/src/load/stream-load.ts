import { monotonicMicros } from '../processes/monotonic.js';
import { LoadClient } from './load-client.js';
import { numberAfter } from './number-after.js';

/** How to read an acknowledged stream (`/event_ws`): the whole window is acknowledged when it is full. */
export interface StreamReading {
  readonly url: string;
  readonly events: number;
  readonly window: number;
}

/** How long it took, in microseconds, from the request to the last event. */
export interface StreamRead {
  readonly micros: number;
}

const ID = Buffer.from('"id":');

/** @throws Error if an event is missing, comes twice or in the wrong order, or the connection is lost. */
export async function readStream({ url, events, window }: StreamReading): Promise<StreamRead> {
  const client = await LoadClient.open(url);
  try {
    const start = monotonicMicros();
    await new Promise<void>((resolve, reject) => {
      let next = 0;
      client.onLost = reject;
      client.onMessage = (payload) => {
        const id = numberAfter(payload, ID);
        if (id !== next)
          throw new Error(`Event ${next} was to come: ${payload.toString('utf8', 0, 200)}`);
        next++;
        if (next === events) resolve();
        else if (next % window === 0) {
          client.send(JSON.stringify({ type: 'ACK', ack_event_id: id, window_size: window }));
        }
      };
      client.send(JSON.stringify({ type: 'START_STREAM', window_size: window }));
    });
    return { micros: monotonicMicros() - start };
  } finally {
    client.end();
  }
}
