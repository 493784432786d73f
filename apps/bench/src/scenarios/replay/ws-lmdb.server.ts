import { open } from 'lmdb';
import type { StartServer } from '../../server/measured-server.js';
import { serveObjects, storedEvents, type StoredEvent } from './serve-objects.js';
import { temporaryFolder } from './temporary-folder.js';
import { eventsOf, type ReplayParameters } from './vertices.js';

export const start: StartServer<ReplayParameters> = async (parameters) => {
  const events = open<StoredEvent, number>({ path: temporaryFolder() });
  await events.transaction(() => {
    for (const event of storedEvents(parameters)) void events.put(event.id, event);
  });
  return serveObjects((id) => events.get(id), eventsOf(parameters) - 1);
};
