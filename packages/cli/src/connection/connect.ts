/** A WebSocket connection of a command's, from the handshake to its end. */
import { WebSocket } from 'ws';
import { failed, refused, type ConnectError } from './connect-error.js';
import type { Target } from './target.js';

/** How a connection ended. */
export interface Closure {
  /** Close code of the peer; 1005: a Close frame without a code, 1006: no Close frame. */
  readonly code: number;
  readonly reason: string;
}

/** An open connection, as those who use it see it. */
export interface Connection {
  /** Sends a text message, or a binary one. */
  send(data: string | Buffer): void;
  /** Sends a protocol ping; {@link ConnectionHandlers.pong} hears of the answer. */
  ping(): void;
  /** Reads no more until {@link resume}: the server feels it when the buffers between are full. */
  pause(): void;
  resume(): void;
  /** Closes in order; the connection is dropped if the server does not answer. */
  close(): void;
}

/** Who is told of what happens on a connection. Messages come in the order in which they were received. */
export interface ConnectionHandlers {
  /** The upgrade was granted; before any message. */
  open(connection: Connection): void;
  /** A message: text as a string, a binary one as bytes. */
  message(data: string | Buffer, connection: Connection): void;
  pong?(connection: Connection): void;
}

/** Time that a server has to answer a Close frame, milliseconds. */
const CLOSE_MS = 1000;

/**
 * Connects, and resolves when the connection has ended, however that came. Where `signal` is aborted the connection is
 * closed in order.
 *
 * @throws ConnectError if the connection cannot be made; what a handler throws, after closing.
 */
export function connect(
  target: Target,
  handlers: ConnectionHandlers,
  signal: AbortSignal,
): Promise<Closure> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(target.url, {
      headers: { ...target.headers },
      ...target.tls,
      handshakeTimeout: target.timeoutMs,
      // A recording shows what the server has sent, not what a proxy made of it.
      perMessageDeflate: false,
    });
    let refusal: Promise<ConnectError> | undefined;
    let fault: Error | undefined;
    let wasOpen = false;
    const guard = (task: () => void): void => {
      try {
        if (fault === undefined) task();
      } catch (error) {
        fault = error instanceof Error ? error : new Error(String(error));
        end();
      }
    };
    let dropTimer: NodeJS.Timeout | undefined;
    const end = (): void => {
      socket.resume();
      socket.close();
      dropTimer ??= setTimeout(() => {
        socket.terminate();
      }, CLOSE_MS);
    };
    const connection: Connection = {
      send: (data) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(data);
      },
      ping: () => {
        if (socket.readyState === WebSocket.OPEN) socket.ping();
      },
      pause: () => {
        socket.pause();
      },
      resume: () => {
        socket.resume();
      },
      close: end,
    };
    socket.on('open', () => {
      wasOpen = true;
      guard(() => {
        handlers.open(connection);
      });
    });
    socket.on('message', (data: Buffer, isBinary) => {
      guard(() => {
        handlers.message(isBinary ? data : data.toString(), connection);
      });
    });
    socket.on('pong', () => {
      guard(() => handlers.pong?.(connection));
    });
    socket.on('unexpected-response', (_, response) => {
      refusal = refused(target.url, response);
      void refusal.finally(() => {
        socket.terminate();
      });
    });
    let socketFault: Error | undefined;
    socket.on('error', (error) => {
      socketFault ??= error;
    });
    const settle = async (code: number, reason: Buffer): Promise<Closure> => {
      if (fault !== undefined) throw fault;
      if (wasOpen || signal.aborted) return { code, reason: reason.toString() };
      throw (await refusal) ?? failed(target.url, socketFault ?? new Error('the connection ended'));
    };
    socket.on('close', (code, reason) => {
      clearTimeout(dropTimer);
      signal.removeEventListener('abort', end);
      settle(code, reason).then(resolve, reject);
    });
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
