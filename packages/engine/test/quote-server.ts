import type { Duplex } from 'node:stream';
import { json, latestOnly, Session, SluiceError, TopicHub } from '../src/index.js';
import type { SessionSocket } from '../src/index.js';
import { WebSocketServer, type WebSocket } from 'ws';

interface Quote {
  readonly symbol: string;
  readonly price: number;
}
interface QuoteOptions {
  readonly symbols?: readonly string[];
}

const codec = json({ command: 'action' });

export const topics = new TopicHub({ codec, endpoint: '/quotes', onError: console.error });

topics.define<Quote, QuoteOptions | undefined>({
  name: 'quote',
  render: (quote) => ({ topic: 'quote', message: quote }),
  filter: {
    subscriptionKeys: (options) => options?.symbols,
    eventKeys: (quote) => [quote.symbol],
  },
  flow: latestOnly<Quote>({ by: (quote) => quote.symbol }),
});

/** Whole frames go straight to the connection: `ws` was told not to compress, so nothing can overtake them. */
const socketOf = (client: WebSocket, connection: Duplex): SessionSocket => ({
  write: (frames, bytes) => connection.write(Buffer.concat(frames, bytes)),
  get queuedBytes() {
    return connection.writableLength;
  },
  close: (code, reason) => client.close(code, reason),
  drop: () => connection.end(),
  terminate: () => client.terminate(),
});

function answer(session: Session, payload: Buffer, binary: boolean): void {
  for (const command of codec.decode(payload, binary)) {
    if (command instanceof SluiceError) throw command;
    if (command.name === 'subscribe') {
      session.subscribe('quote', (command.data as { options?: QuoteOptions }).options);
    } else if (command.name === 'unsubscribe') {
      session.unsubscribe('quote');
    }
    session.send(codec.encode({ ack: command.name }));
  }
}

export const server = new WebSocketServer({ host: 'localhost', port: 0, perMessageDeflate: false });

server.on('connection', (client, { socket, url = '/', headers }) => {
  const address = socket.remoteAddress ?? '';
  const info = { endpoint: '/quotes', url, params: {}, address, headers };
  const session = new Session(socketOf(client, socket), info, { topics });
  socket.on('drain', () => session.drained());
  client.on('close', () => session.closed());
  client.on('message', (payload: Buffer, binary) => {
    try {
      answer(session, payload, binary);
    } catch (error) {
      session.close(1008, SluiceError.from(error).code);
    }
  });
});
