import { setImmediate, setTimeout } from 'node:timers/promises';
import { monotonicMicros } from '../processes/monotonic.js';
import type { MeasuredServer, Volley } from './measured-server.js';

/**
 * Publishes a volley. Events are stamped with the time they were due, so that a server that falls behind cannot hide it.
 *
 * @returns when the first event was due, in microseconds.
 */
export async function publishVolley(
  server: MeasuredServer,
  { events, perTurn, everyMs, first }: Volley,
): Promise<number> {
  const start = monotonicMicros();
  const end = first + events;
  const published: unknown[] = [];
  let now = start;
  for (let sequence = first, turn = 0; sequence < end; turn++) {
    const due = start + turn * everyMs * 1000;
    // What has come due during the last turn is published in this one, as it would be by a source of its own.
    if (everyMs === 0 || due > now) {
      await (due > monotonicMicros() ? setTimeout((due - now) / 1000) : setImmediate());
      now = monotonicMicros();
    }
    const at = everyMs === 0 ? now : Math.round(due);
    for (let count = 0; count < perTurn && sequence < end; count++) {
      published.push(server.publish?.({ sequence: sequence++, at }));
    }
  }
  await Promise.all(published);
  return start;
}
