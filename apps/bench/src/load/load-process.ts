/** The process of the load generator: all clients of one server under measurement. */
import { answerParent } from '../processes/calls.js';
import { cpuMicros } from '../processes/process-figures.js';
import type { Arrived, Expectation } from './arrivals.js';
import { openBystanders, type BystanderOptions } from './bystanders.js';
import { Conversation, type ConversationOptions } from './conversation.js';
import { LoadAudience, type AudienceOptions, type LatencyReport } from './load-audience.js';
import type { LoadClient } from './load-client.js';
import { StreamLoad, type StreamReading } from './streams/stream-load.js';

let audience: LoadAudience | undefined;
const bystanders: LoadClient[] = [];
let conversation: Conversation | undefined;
let stream: StreamLoad | undefined;

function present(): LoadAudience {
  if (audience === undefined) throw new Error('Nobody is connected');
  return audience;
}

const calls = {
  /** Opens the connections. */
  async connect(options: AudienceOptions): Promise<void> {
    audience = await LoadAudience.open(options);
  },

  /** Has every client of them say something that is answered. */
  greet: (greetings: readonly string[]): Promise<void> => present().greet(greetings),

  /** Connects clients beside them; nothing is measured of them. */
  async bystanders(options: BystanderOptions): Promise<void> {
    bystanders.push(...(await openBystanders(options)));
  },

  /** Says what will be published. */
  prepare: (expected: Expectation): void => present().prepare(expected),

  /** Resolves when all of it is here; what is not after so many milliseconds is lost. */
  arrived: (withinMs: number): Promise<Arrived> => present().arrived(withinMs),

  /** Latencies since the last report. */
  report: (_: undefined): LatencyReport => present().report(),

  /** Connects the clients that are to read a stream. */
  async openStream(reading: StreamReading): Promise<void> {
    stream = await StreamLoad.open(reading);
  },

  /** Reads it and ends them; see there. */
  readStream(_: undefined): Promise<number> {
    if (stream === undefined) throw new Error('No stream is open');
    return stream.read();
  },

  /** Connects the clients that are to ask. */
  async openConversation(options: ConversationOptions): Promise<void> {
    conversation = await Conversation.open(options);
  },

  /** @returns the microseconds that so many exchanges of each client took. */
  converse(exchanges: number): Promise<number> {
    if (conversation === undefined) throw new Error('No conversation is open');
    return conversation.run(exchanges);
  },

  /** Ends all clients. */
  reset(): void {
    audience?.end();
    stream?.end();
    conversation?.end();
    for (const client of bystanders.splice(0)) client.end();
    audience = stream = conversation = undefined;
  },

  /** Processor time of this process, in microseconds. */
  cpu: (): number => cpuMicros(),
};

export type LoadCalls = typeof calls;

answerParent(calls);
