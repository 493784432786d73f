import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { MeasuredServer } from '../../server/measured-server.js';
import { vertices, type ReplayParameters } from './vertices.js';

/** A stored event. */
export interface StoredEvent {
  readonly id: number;
  readonly timestamp: number;
  readonly type: string;
  readonly data: object;
  readonly group_id: null;
}

interface StreamRequest {
  readonly type: 'START_STREAM' | 'ACK';
  readonly window_size: number;
  readonly ack_event_id?: number;
  readonly last_ack_event_id?: number;
}

/** What one client may be sent: events from `next` on, up to `last`. */
interface Reader {
  next: number;
  last: number;
}

const TIMESTAMP = 1_700_000_000.5;

/** The event of a vertex. */
export const vertexEvent = (id: number, data: object): StoredEvent => ({
  id,
  timestamp: TIMESTAMP,
  type: 'NEW_VERTEX_ACCEPTED',
  data,
  group_id: null,
});

/** The events of a chain as the event socket numbers them. */
export function* storedEvents(parameters: ReplayParameters): Iterable<StoredEvent> {
  yield { ...vertexEvent(0, {}), type: 'LOAD_STARTED' };
  let id = 1;
  for (const data of vertices(parameters)) yield vertexEvent(id++, data);
  yield { ...vertexEvent(id, {}), type: 'LOAD_FINISHED' };
}

/** Where events are kept. */
export interface EventShelf {
  readonly latest: number;
  read(id: number): StoredEvent;
}

/** A server, and what tells its clients that there is a new event. */
export interface ObjectServer extends MeasuredServer {
  announce(): void;
}

/** What one writes without a library: read an event, put it into its envelope, stringify, send; a window at a time. */
export async function serveObjects(shelf: EventShelf): Promise<ObjectServer> {
  const identity = { peer_id: 'a'.repeat(64), network: 'mainnet' };
  const stream_id = '6a0d8f26-2f83-4d70-9f4c-2f1f7bfa3c1e';
  const readers = new Map<WebSocket, Reader>();
  let newest = { id: -1, latest_event_id: -1, text: '' };
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (client) => {
    client.on('close', () => readers.delete(client));
    client.on('message', (text: Buffer) => {
      const request = JSON.parse(text.toString()) as StreamRequest;
      const acknowledged = request.ack_event_id ?? request.last_ack_event_id ?? -1;
      const reader = readers.get(client) ?? { next: acknowledged + 1, last: 0 };
      reader.last = acknowledged + request.window_size;
      readers.set(client, reader);
      advance(client, reader);
    });
  });
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    announce() {
      for (const [client, reader] of readers) advance(client, reader);
    },
  };

  function advance(client: WebSocket, reader: Reader): void {
    while (reader.next <= Math.min(reader.last, shelf.latest)) {
      if (client.readyState !== WebSocket.OPEN) break;
      client.send(messageOf(reader.next++));
    }
  }

  /** Clients at the same place share the text. */
  function messageOf(id: number): string {
    const latest_event_id = shelf.latest;
    if (id !== newest.id || latest_event_id !== newest.latest_event_id) {
      const event = shelf.read(id);
      const message = { type: 'EVENT', ...identity, event, latest_event_id, stream_id };
      newest = { id, latest_event_id, text: JSON.stringify(message) };
    }
    return newest.text;
  }
}
