import type { StartServer } from '../../server/measured-server.js';
import { serveObjects, storedEvents } from './serve-objects.js';
import type { ReplayParameters } from './vertices.js';

export const start: StartServer<ReplayParameters> = (parameters) => {
  const events = [...storedEvents(parameters)];
  return serveObjects((id) => events[id], events.length - 1);
};
