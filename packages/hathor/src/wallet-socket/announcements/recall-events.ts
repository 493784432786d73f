import { parseJson } from '@sluice/engine';
import type { RemovedVertexData, VertexData } from '../../events/event-data.js';
import type { HathorEventType } from '../../events/event-types.js';
import type { HathorEvents } from '../../events/hathor-events.service.js';
import type { ConsensusChanges } from './consensus-changes.js';

/** Most events that are read again, newest: what is older is taken to be settled. */
const MOST_EVENTS = 10_000;
const PAGE = { events: 500, bytes: 4 * 1024 * 1024 };

interface StoredEvent {
  readonly type: HathorEventType;
  readonly data: unknown;
}

/**
 * Notes what the event queue kept of earlier runs as reported: a vertex that was voided before a restart and is valid
 * again after it is news.
 */
export async function recallEvents(events: HathorEvents, changes: ConsensusChanges): Promise<void> {
  const { stream } = events;
  let next = Math.max(stream.first, stream.head + 1 - MOST_EVENTS);
  while (next <= stream.head) {
    const page = await stream.read(next, PAGE);
    for (const event of page.events)
      note(changes, parseJson(Buffer.from(event).toString('utf8')) as StoredEvent);
    next += page.events.length;
  }
  changes.take();
}

function note(changes: ConsensusChanges, { type, data }: StoredEvent): void {
  switch (type) {
    case 'NEW_VERTEX_ACCEPTED':
      changes.accepted(data as VertexData);
      break;
    case 'VERTEX_METADATA_CHANGED':
      changes.changed(data as VertexData);
      break;
    case 'VERTEX_REMOVED':
      changes.removed(data as RemovedVertexData);
  }
}
