/** The process of a server under measurement. */
import { setImmediate } from 'node:timers/promises';
import { answerParent } from '../processes/calls.js';
import type { MeasuredServer, StartServer, Volley } from './measured-server.js';
import { publishVolley } from './publish-volley.js';

/** Which server to start, and how. */
export interface ServerChoice {
  /** URL of a module that exports `start`. */
  readonly module: string;
  readonly parameters: unknown;
}

let server: MeasuredServer | undefined;

function running(): MeasuredServer {
  if (server === undefined) throw new Error('The server has not been started');
  return server;
}

const calls = {
  /** @returns the URL of the server. */
  async start({ module, parameters }: ServerChoice): Promise<string> {
    const { start } = (await import(module)) as { start: StartServer<unknown> };
    server = await start(parameters);
    return server.url;
  },

  publish: (volley: Volley): Promise<number> => publishVolley(running(), volley),

  /** Processor time of all threads, user and system, in microseconds. */
  cpu(_: undefined): number {
    const { user, system } = process.cpuUsage();
    return user + system;
  },

  /** Resident memory in bytes, after a collection. */
  async memory(_: undefined): Promise<number> {
    globalThis.gc?.();
    await setImmediate();
    globalThis.gc?.();
    return process.memoryUsage.rss();
  },
};

export type ServerCalls = typeof calls;

answerParent(calls);
