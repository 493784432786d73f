import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { memoryLog, type EventLogStore } from '@sluice/engine';
import { jetstreamLog } from '@sluice/log-jetstream';
import { lmdbLog } from '@sluice/log-lmdb';
import type { SampleConfig } from '../config/sample-config.js';

/** Where durable events are kept. */
export function openSampleLog({ log, data, nats }: SampleConfig): EventLogStore {
  switch (log) {
    case 'memory':
      return memoryLog();
    case 'lmdb':
      return lmdbLog({ path: join(data, 'events') });
    case 'jetstream':
      return jetstreamLog({ servers: nats, lease: {} });
  }
}

/**
 * Resolves when this process is the writer: of several, one is, and the others wait for its end before they read the chain
 * that it leaves behind.
 *
 * @throws SluiceError if the server cannot be reached.
 */
export async function takeTurn(
  log: EventLogStore,
  { log: kind, role }: SampleConfig,
): Promise<void> {
  if (kind !== 'jetstream' || role !== 'writer') return;
  // The lease is of all streams; it goes with the first one that is opened.
  await log.open('sample.turn', { epoch: randomUUID() });
}
