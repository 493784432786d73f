import { createHash, randomBytes } from 'node:crypto';
import { request as requestHttp, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import type { TestClientOptions } from '@sluice/testing';
import { Mismatch } from '../judging/outcomes.js';

/** A request that may be a WebSocket handshake. */
export interface HandshakeRequest {
  /** Default: GET. */
  readonly method?: string;
  /** Headers beside the necessary ones, or instead of them; `undefined` leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Time for the answer, milliseconds. */
  readonly timeoutMs: number;
  readonly tls?: NonNullable<TestClientOptions['tls']>;
}

/** What a server answered. */
export interface HandshakeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Empty if the handshake was granted. */
  readonly body: string;
  /** The value of `Sec-WebSocket-Accept` that belongs to the request's key. */
  readonly accept: string;
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/**
 * Sends a handshake, or something like it, and ends the connection with the answer.
 * @throws Mismatch if there is no HTTP answer in time.
 */
export function handshake(url: URL, options: HandshakeRequest): Promise<HandshakeAnswer> {
  const key = randomBytes(16).toString('base64');
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': key,
    ...options.headers,
  };
  return exchange(
    url,
    options,
    headers,
    createHash('sha1')
      .update(key + GUID)
      .digest('base64'),
  );
}

/** Sends a plain HTTP request. @throws Mismatch if there is no answer in time. */
export function fetchText(url: URL, options: HandshakeRequest): Promise<HandshakeAnswer> {
  return exchange(url, options, { ...options.headers }, '');
}

function exchange(
  url: URL,
  { method = 'GET', timeoutMs, tls }: HandshakeRequest,
  wanted: Readonly<Record<string, string | undefined>>,
  accept: string,
): Promise<HandshakeAnswer> {
  const secure = url.protocol === 'wss:' || url.protocol === 'https:';
  const address = new URL(url);
  address.protocol = secure ? 'https:' : 'http:';
  const named = Object.entries(wanted).filter(([, value]) => value !== undefined);
  const headers = Object.fromEntries(named);
  const options: RequestOptions = { method, agent: false, headers, ...tls };
  return new Promise((resolve, reject) => {
    const request = (secure ? requestHttps : requestHttp)(address, options);
    const fail = (why: string): void => {
      reject(new Mismatch(`an HTTP answer to ${method} ${String(url)}`, why));
    };
    const timer = setTimeout(() => {
      request.destroy(new Error(`nothing within ${timeoutMs} ms`));
    }, timeoutMs);
    request.on('close', () => {
      clearTimeout(timer);
    });
    request.on('error', (error) => {
      fail(error.message);
    });
    request.on('upgrade', ({ statusCode = 0, headers }, socket) => {
      socket.destroy();
      resolve({ status: statusCode, headers, body: '', accept });
    });
    request.on('response', (response) => {
      const { statusCode = 0, headers } = response;
      text(response)
        .then((body) => {
          resolve({ status: statusCode, headers, body, accept });
        })
        .catch((error: unknown) => {
          fail((error as Error).message);
        })
        .finally(() => request.destroy());
    });
    request.end();
  });
}
