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
}

/** The events of a chain as the event socket numbers them. */
export function* storedEvents(parameters: ReplayParameters): Iterable<StoredEvent> {
  const timestamp = 1_700_000_000.5;
  yield { id: 0, timestamp, type: 'LOAD_STARTED', data: {}, group_id: null };
  let id = 1;
  for (const data of vertices(parameters)) {
    yield { id, timestamp, type: 'NEW_VERTEX_ACCEPTED', data, group_id: null };
    id++;
  }
  yield { id, timestamp, type: 'LOAD_FINISHED', data: {}, group_id: null };
}

/** What one writes without a library: read an event, put it into its envelope, stringify, send; a window at a time. */
export async function serveObjects(
  read: (id: number) => StoredEvent | undefined,
  latest: number,
): Promise<MeasuredServer> {
  const identity = { peer_id: 'a'.repeat(64), network: 'mainnet' };
  const stream_id = '6a0d8f26-2f83-4d70-9f4c-2f1f7bfa3c1e';
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (client) => {
    client.on('message', (text: Buffer) => {
      const { ack_event_id = -1, window_size } = JSON.parse(text.toString()) as StreamRequest;
      for (let id = ack_event_id + 1; id <= ack_event_id + window_size; id++) {
        const event = read(id);
        if (event === undefined || client.readyState !== WebSocket.OPEN) break;
        const message = { type: 'EVENT', ...identity, event, latest_event_id: latest, stream_id };
        client.send(JSON.stringify(message));
      }
    });
  });
  await once(server, 'listening');
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
