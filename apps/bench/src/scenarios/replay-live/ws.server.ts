import type { StartServer } from '../../server/measured-server.js';
import { serveObjects, storedEvents, vertexEvent } from '../replay/serve-objects.js';
import { vertex, type ReplayParameters } from '../replay/vertices.js';

/** Events as objects in memory; what is new goes to every client whose window is open. */
export const start: StartServer<ReplayParameters> = async (parameters) => {
  const events = [...storedEvents(parameters)];
  const server = await serveObjects({
    get latest() {
      return events.length - 1;
    },
    read: (id) => events[id] ?? vertexEvent(id, {}),
  });
  return {
    ...server,
    publish({ sequence }) {
      events.push(vertexEvent(events.length, vertex(sequence)));
      server.announce();
    },
  };
};
