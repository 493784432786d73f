import type { StartServer } from '../server/measured-server.js';
import { quoteWriter, type BroadcastParameters } from './quote.js';

/** What is used of Bun's own server. */
interface BunServer {
  readonly port: number;
  publish(topic: string, text: string): number;
  upgrade(request: unknown): boolean;
}
interface BunSocket {
  subscribe(topic: string): void;
}
interface BunRuntime {
  serve(options: {
    readonly hostname: string;
    readonly port: number;
    readonly fetch: (request: unknown, server: BunServer) => unknown;
    readonly websocket: Readonly<Record<string, unknown>>;
  }): BunServer;
}

const TOPIC = 'quote';

/** Bun's native publish; runs in Bun only. */
export const start: StartServer<BroadcastParameters> = (parameters) => {
  const write = quoteWriter(parameters);
  const server = (globalThis as unknown as { Bun: BunRuntime }).Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch: (request, server) =>
      server.upgrade(request) ? undefined : new Response('', { status: 426 }),
    websocket: {
      // Nothing is thrown away: as the others, it keeps what a client has not taken.
      backpressureLimit: 2 ** 30,
      open: (socket: BunSocket) => socket.subscribe(TOPIC),
      message: () => undefined,
    },
  });
  return Promise.resolve({
    url: `ws://127.0.0.1:${server.port}/`,
    publish: (stamp) => server.publish(TOPIC, write(stamp)),
  });
};
