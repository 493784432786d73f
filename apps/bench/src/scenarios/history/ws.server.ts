import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { StartServer } from '../../server/measured-server.js';
import { historyVertex, type HistoryParameters } from './history-vertices.js';

interface Request {
  readonly type: string;
  readonly id: string;
  readonly addresses: readonly (readonly [number, string])[];
  readonly ack: number;
  readonly 'window-size': number;
}

/** What one writes without a library: a message is made when the window lets it through. */
export const start: StartServer<HistoryParameters> = async ({ vertices }) => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (client) => {
    let messages: Iterator<object> = [].values();
    let window = 0;
    let seq = 0;
    client.on('message', (text: Buffer) => {
      const request = JSON.parse(text.toString()) as Request;
      if (request.type === 'request:history:manual') {
        window = request['window-size'];
        messages = stream(request);
        advance(window - 1);
      } else {
        advance(request.ack + window);
      }
    });

    function advance(last: number): void {
      while (seq <= last) {
        const message = messages.next();
        if (message.done === true) return;
        client.send(JSON.stringify({ ...message.value, seq: seq++ }));
      }
    }
  });
  await once(server, 'listening');
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/` };

  function* stream({ id, addresses }: Request): Iterator<object> {
    yield { type: 'stream:history:begin', id };
    for (const [index, address] of addresses) {
      yield { type: 'stream:history:address', id, index, address, subscribed: true };
      for (let number = 0; number < vertices; number++) {
        yield { type: 'stream:history:vertex', id, data: historyVertex(address, number) };
      }
    }
    yield { type: 'stream:history:end', id };
  }
};
