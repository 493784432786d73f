import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { openSocket } from './open-socket.js';
import type { TestClientOptions } from './test-client.options.js';

/** The HTTP answer to an upgrade that was not granted. */
export interface Refusal {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * Asks for an upgrade that must be refused.
 * @throws when it is granted, or when the connection ends without an HTTP answer.
 */
export function refusal(url: string | URL, options: TestClientOptions = {}): Promise<Refusal> {
  return new Promise((resolve, reject) => {
    const socket = openSocket(url, options);
    socket.on('unexpected-response', (_, response) => {
      text(response)
        .then((body) => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        })
        .catch(reject)
        .finally(() => {
          socket.terminate();
        });
    });
    socket.on('open', () => {
      socket.terminate();
      reject(new Error(`expected ${String(url)} to refuse the upgrade, but it was granted`));
    });
    socket.on('error', (cause) => {
      reject(new Error(`no HTTP answer from ${String(url)}: ${cause.message}`, { cause }));
    });
  });
}
