import { randomBytes, randomUUID } from 'node:crypto';
import type { EventLog, EventLogStore } from '@sluice/engine';
import type { EventQueueOptions } from './event-queue.options.js';
import type { EventRecording } from './event-recording.js';

/** Apart from the application's own events, so that serving a recording costs nobody theirs. */
const STREAM = 'hathor.recording';
const EVENTS_PER_APPEND = 10_000;

/** A log that holds a recording and nothing else. */
export interface RecordedLog {
  readonly log: EventLog;
  readonly peerId: string;
}

/** Puts a recording into the store, in place of the last one. */
export async function recordedLog(
  store: EventLogStore,
  { firstId, events, ...recorded }: EventRecording,
  options: EventQueueOptions,
): Promise<RecordedLog> {
  const epoch = recorded.streamId ?? options.streamId ?? randomUUID();
  const log = await store.open(STREAM, { epoch });
  try {
    await log.discard({ epoch, firstId });
    for (let at = 0; at < events.length; at += EVENTS_PER_APPEND) {
      const batch = events.slice(at, at + EVENTS_PER_APPEND);
      await log.append(
        batch.map((text, index) => ({ id: firstId + at + index, bytes: Buffer.from(text) })),
      );
    }
  } catch (error) {
    await log.close();
    throw error;
  }
  return { log, peerId: recorded.peerId ?? options.peerId ?? randomBytes(32).toString('hex') };
}
