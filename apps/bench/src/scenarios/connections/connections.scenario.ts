import * as servers from '../../broadcast/broadcast-subjects.js';
import { QUOTE_STAMP, type BroadcastParameters } from '../../broadcast/quote.js';
import { monotonicMicros } from '../../processes/monotonic.js';
import { growthEach } from '../../processes/process-figures.js';
import { Rig } from '../../run/rig.js';
import { GENERATOR } from '../../run/volley-measurement.js';
import type { Measurable, Sample, Scenario, ScenarioCase, Subject } from '../scenario.js';

const { SLUICE, NEST, SOCKET_IO, WS, BUN, NATS, MOSQUITTO } = servers;

/** The servers of `fan-out`, with clients that only listen. */
export const connections: Scenario = {
  name: 'connections',
  description:
    'Clients that all connect at once, 64 handshakes under way at a time, and what they then cost while nothing happens. ' +
    'New processes in each round.',
  subjects: [SLUICE, NEST, SOCKET_IO, WS, BUN, NATS, MOSQUITTO],
  figures: [
    { key: 'perSecond', title: 'connections/s' },
    { key: 'cpu', title: 'CPU µs/connection', digits: 1, compared: true },
    { key: 'resident', title: 'resident bytes/connection', compared: true },
    { key: 'alive', title: 'live bytes/connection' },
    GENERATOR,
  ],
  fresh: true,
  cases: ({ size }) => [connectionsCase(size === 'quick' ? 50 : 5000)],
};

function connectionsCase(clients: number): ScenarioCase {
  return {
    label: connectionsLabel(clients),
    open: (subject) => ConnectionsMeasurement.open(subject, clients),
  };
}

export const connectionsLabel = (clients: number): string =>
  `${clients.toLocaleString('en')} clients`;

/** Time and memory of clients that connect. */
class ConnectionsMeasurement implements Measurable {
  private constructor(
    private readonly rig: Rig,
    private readonly url: string,
    private readonly subject: Subject,
    private readonly clients: number,
  ) {}

  static async open(subject: Subject, clients: number): Promise<ConnectionsMeasurement> {
    const parameters: BroadcastParameters = { bytes: 300 };
    const { rig, url } = await Rig.start(subject, parameters);
    return new ConnectionsMeasurement(rig, url, subject, clients);
  }

  async measure(): Promise<Sample> {
    const { rig, url, subject, clients } = this;
    const { server, load } = rig;
    const before = await server.call('memory', undefined);
    const cpu = await server.call('cpu', undefined);
    const generator = await load.call('cpu', undefined);
    const start = monotonicMicros();
    await load.call('connect', { url, clients, stamp: QUOTE_STAMP, ...subject.audience });
    const micros = monotonicMicros() - start;
    const cpuMicros = (await server.call('cpu', undefined)) - cpu;
    const after = await server.call('memory', undefined);
    return {
      perSecond: (clients / micros) * 1e6,
      cpu: cpuMicros / clients,
      ...growthEach(before, after, clients),
      generator: ((await load.call('cpu', undefined)) - generator) / micros,
    };
  }

  end(): Promise<void> {
    return this.rig.end();
  }
}
