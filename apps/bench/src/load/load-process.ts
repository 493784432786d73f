/** The process of the load generator: all clients of one server under measurement. */
import { answerParent } from '../processes/calls.js';
import type { Arrived, Expectation } from './arrivals.js';
import { LoadAudience, type AudienceOptions, type LatencyReport } from './load-audience.js';
import { readStream, type StreamReading } from './stream-load.js';

let audience: LoadAudience | undefined;

function present(): LoadAudience {
  if (audience === undefined) throw new Error('Nobody is connected');
  return audience;
}

const calls = {
  /** Opens the connections. */
  async connect(options: AudienceOptions): Promise<void> {
    audience = await LoadAudience.open(options);
  },

  /** Says what will be published. */
  prepare: (expected: Expectation): void => present().prepare(expected),

  /** Resolves when all of it is here; what is not after so many milliseconds is lost. */
  arrived: (withinMs: number): Promise<Arrived> => present().arrived(withinMs),

  /** Latencies since the last report. */
  report: (_: undefined): LatencyReport => present().report(),

  /** Reads an acknowledged stream from its beginning; see there. */
  readStream: (reading: StreamReading): Promise<number> => readStream(reading),

  /** Processor time of this process, in microseconds. */
  cpu(_: undefined): number {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
};

export type LoadCalls = typeof calls;

answerParent(calls);
