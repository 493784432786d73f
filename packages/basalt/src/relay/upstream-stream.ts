import { once } from 'node:events';
import type { Clock } from '@sluice/engine';
import { createWebSocketStream, WebSocket } from 'ws';

/** Longest message that is taken: many times what a node sends. */
const MESSAGE_BYTES = 256 * 1024;

/** A source from which nothing comes for so long, not even an answer to a ping, is gone. Nodes send a pong each 30 s. */
const SILENCE_MS = 45_000;

/** Time in which a living source answers a ping. */
const ANSWER_MS = 2000;

/** How a stream is opened. */
export interface StreamOptions {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Longest time for the handshake, milliseconds. */
  readonly timeoutMs: number;
}

/** Messages of an upstream's stream, read one by one, so that nothing piles up here while one is dealt with. */
export interface UpstreamStream extends AsyncIterable<string> {
  /** Whether the connection is gone, once the source has had its chance to answer; for at most two seconds. */
  hasEnded(): Promise<boolean>;
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
  signal.throwIfAborted();
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
    hasEnded: () => hasEnded(socket, clock),
    end() {
      onAbort();
    },
    async *[Symbol.asyncIterator]() {
      for await (const message of messages) yield String(message);
    },
  };
}

/** What ended while nobody looked has not been read yet: only an answer tells that the source is there. */
function hasEnded(socket: WebSocket, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const tell = (): void => {
      cancel();
      socket.off('pong', tell).off('close', tell);
      resolve(socket.readyState !== WebSocket.OPEN);
    };
    const cancel = clock.after(ANSWER_MS, tell);
    if (socket.readyState === WebSocket.OPEN) socket.on('pong', tell).on('close', tell).ping();
    else tell();
  });
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
