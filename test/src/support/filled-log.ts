import { join } from 'node:path';
import { lmdbLog } from '@sluice/log-lmdb';
import type { EventLog } from '@sluice/engine';
import type { HathorEvent } from './event-frame.js';

const BATCH = 2000;

/**
 * Adds events to the log of a sample that does not run, up to the id `last`: copies of the vertex events that the sample
 * itself has stored, so of their size, each with {@link filledHash} as its hash.
 */
export async function fillLog(data: string, last: number): Promise<void> {
  const store = lmdbLog({ path: join(data, 'events'), durability: 'commit' });
  const log = await store.open('hathor.events', { epoch: 'there is one' });
  const templates = await vertexEvents(log);
  while (log.head < last) {
    const count = Math.min(BATCH, last - log.head);
    const ids = Array.from({ length: count }, (_, index) => log.head + 1 + index);
    await log.append(
      ids.map((id) => ({ id, bytes: Buffer.from(templates[id % templates.length]?.(id) ?? '') })),
    );
  }
  await store.close();
}

/** 64 digits that name the id. */
export function filledHash(id: number): string {
  return id.toString(16).padStart(64, 'f');
}

async function vertexEvents(log: EventLog): Promise<((id: number) => string)[]> {
  const { events } = await log.read(log.first, { events: 1000, bytes: Infinity });
  return events.flatMap((bytes) => {
    const text = Buffer.from(bytes).toString();
    const { id, data } = JSON.parse(text) as HathorEvent;
    const { hash } = data;
    if (hash === undefined) return [];
    const tail = text.slice(`{"id":${id}`.length);
    return [(copy: number) => `{"id":${copy}${tail.replace(hash, filledHash(copy))}`];
  });
}
