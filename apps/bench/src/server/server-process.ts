/** The process of a server under measurement. */
import { answerParent } from '../processes/calls.js';
import { monotonicMicros } from '../processes/monotonic.js';
import type { MeasuredServer, StartServer, Volley } from './measured-server.js';
import { cpuMicros, processMemory, type ProcessMemory } from '../processes/process-figures.js';
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

  /** @returns the microseconds that it took. */
  async perform(times: number): Promise<number> {
    const start = monotonicMicros();
    await running().perform?.(times);
    return monotonicMicros() - start;
  },

  /** Processor time of all threads, user and system, in microseconds. */
  cpu: (): number => cpuMicros(server?.pid),

  memory: (): Promise<ProcessMemory> => processMemory(server?.pid),
};

export type ServerCalls = typeof calls;

answerParent(calls);
