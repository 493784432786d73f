import { open } from 'lmdb';
import type { StartServer } from '../../server/measured-server.js';
import { serveObjects, storedEvents, type StoredEvent } from './serve-objects.js';
import { temporaryFolder } from './temporary-folder.js';
import { eventsOf, type ReplayParameters } from './vertices.js';

/** Events as JSON under their numbers: each is read and parsed, put into its envelope, stringified and sent. */
export const start: StartServer<ReplayParameters> = async (parameters) => {
  const texts = open<string, number>({ path: temporaryFolder(), encoding: 'string' });
  await texts.transaction(() => {
    for (const event of storedEvents(parameters)) void texts.put(event.id, JSON.stringify(event));
  });
  return serveObjects({
    latest: eventsOf(parameters) - 1,
    read: (id) => JSON.parse(texts.get(id) ?? '{}') as StoredEvent,
  });
};
