import { once } from 'node:events';
import type { Clock } from '@sluice/engine';
import { createWebSocketStream, WebSocket } from 'ws';

/** Longest message that is taken: many times what a node sends. */
const MESSAGE_BYTES = 256 * 1024;

/** A source from which nothing comes for so long, not even an answer to a ping, is gone. Nodes send a pong each 30 s. */
const SILENCE_MS = 45_000;

/** How a stream is opened. */
export interface StreamOptions {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Longest time for the handshake, milliseconds. */
  readonly timeoutMs: number;
}

/** Messages of an upstream's stream, read one by one, so that nothing piles up here while one is dealt with. */
export interface UpstreamStream extends AsyncIterable<string> {
  /** Whether the connection is still there. */
  readonly isOpen: boolean;
  end(): void;
}

/**
 * Connects to a block stream.
 *
 * @throws what the connection ends with before it is open, or the signal's reason.
 */
export async function openStream(
  url: string,
  { signal, clock, timeoutMs }: StreamOptions,
): Promise<UpstreamStream> {
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    maxPayload: MESSAGE_BYTES,
    handshakeTimeout: timeoutMs,
  });
  const messages = createWebSocketStream(socket, {
    readableObjectMode: true,
    decodeStrings: false,
  });
  // Whoever reads hears of errors; until then, and after the end, nobody has to.
  messages.on('error', () => undefined);
  socket.on('error', () => undefined);
  const onAbort = (): void => {
    messages.destroy();
    socket.terminate();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  socket.once('close', () => {
    signal.removeEventListener('abort', onAbort);
  });
  await once(socket, 'open', { signal });
  endWhenSilent(socket, clock);
  return {
    get isOpen() {
      return socket.readyState === WebSocket.OPEN;
    },
    end() {
      onAbort();
    },
    async *[Symbol.asyncIterator]() {
      for await (const message of messages) yield String(message);
    },
  };
}

/** Half-open connections look healthy for ever. */
function endWhenSilent(socket: WebSocket, clock: Clock): void {
  let heard = true;
  const hear = (): void => {
    heard = true;
  };
  socket.on('message', hear).on('ping', hear).on('pong', hear);
  const look = (): void => {
    if (!heard) {
      socket.terminate();
      return;
    }
    heard = false;
    socket.ping();
    cancel = clock.after(SILENCE_MS, look);
  };
  let cancel = clock.after(SILENCE_MS, look);
  socket.once('close', () => {
    cancel();
  });
}
