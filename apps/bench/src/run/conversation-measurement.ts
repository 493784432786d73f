import type { ConversationOptions } from '../load/conversation.js';
import { monotonicMicros } from '../processes/monotonic.js';
import type { BenchSettings, Figure, Measurable, Sample, Subject } from '../scenarios/scenario.js';
import { Rig } from './rig.js';
import { GENERATOR } from './volley-measurement.js';

/** Columns of what a {@link ConversationMeasurement} measures. */
export const CONVERSATION_FIGURES: readonly Figure[] = [
  { key: 'perSecond', title: 'commands/s' },
  { key: 'cpuPerCommand', title: 'CPU µs/command', digits: 2, compared: true },
  GENERATOR,
];

/** Exchanges of a client between two looks at the clock. */
const EXCHANGES = 200;

/** Clients that ask and are answered. */
export class ConversationMeasurement implements Measurable {
  private constructor(
    private readonly rig: Rig,
    private readonly clients: number,
  ) {}

  static async open(
    subject: Subject,
    options: Omit<ConversationOptions, 'url'>,
  ): Promise<ConversationMeasurement> {
    const { rig, url } = await Rig.start(subject, undefined);
    await rig.load.call('openConversation', { ...options, url });
    return new ConversationMeasurement(rig, options.clients);
  }

  async measure({ seconds }: BenchSettings): Promise<Sample> {
    const { server, load } = this.rig;
    const cpu = await server.call('cpu', undefined);
    const generator = await load.call('cpu', undefined);
    const until = monotonicMicros() + seconds * 1e6;
    let [commands, micros] = [0, 0];
    do {
      micros += await load.call('converse', EXCHANGES);
      commands += EXCHANGES * this.clients;
    } while (monotonicMicros() < until);
    return {
      perSecond: (commands / micros) * 1e6,
      cpuPerCommand: ((await server.call('cpu', undefined)) - cpu) / commands,
      generator: ((await load.call('cpu', undefined)) - generator) / micros,
    };
  }

  end(): Promise<void> {
    return this.rig.end();
  }
}
