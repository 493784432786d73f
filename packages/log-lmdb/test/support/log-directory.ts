import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventLog } from '@sluice/engine';
import { lmdbLog } from '../../src/index.js';
import { eventContent } from './event-content.js';

/** A new directory for the time of `body`. */
export async function inDirectory(body: (path: string) => Promise<void>): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'sluice-log-'));
  try {
    await body(path);
  } finally {
    rmSync(path, { recursive: true });
  }
}

/** Opens the log's stream for the time of `body`. */
export async function inLog<T>(path: string, body: (log: EventLog) => Promise<T>): Promise<T> {
  const store = lmdbLog({ path });
  try {
    return await body(await store.open('events', { epoch: 'epoch-1' }));
  } finally {
    await store.close();
  }
}

/** Appends `count` events in batches of 20. */
export async function fill(path: string, count: number): Promise<void> {
  await inLog(path, async (log) => {
    while (log.head + 1 < count) {
      const ids = Array.from({ length: 20 }, (_, index) => log.head + 1 + index);
      await log.append(ids.map((id) => ({ id, bytes: eventContent(id) })));
    }
  });
}
