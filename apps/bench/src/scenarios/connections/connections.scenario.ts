import { Rig } from '../../run/rig.js';
import type { FanOutParameters } from '../fan-out/quote.js';
import { QUOTE_STAMP } from '../fan-out/quote.js';
import { fanOut } from '../fan-out/fan-out.scenario.js';
import type { Measurable, Sample, Scenario, ScenarioCase, Subject } from '../scenario.js';

/** The servers of `fan-out`, with clients that only listen. */
export const connections: Scenario = {
  name: 'connections',
  description:
    'Resident memory of the server for each idle connection, in new processes each round.',
  subjects: fanOut.subjects,
  figures: [{ key: 'bytes', title: 'bytes/connection', compared: true }],
  fresh: true,
  cases: ({ quick }) => [connectionsCase(quick ? 50 : 5000)],
};

function connectionsCase(clients: number): ScenarioCase {
  return {
    label: `${clients.toLocaleString('en')} clients`,
    open: (subject) => IdleMeasurement.open(subject, clients),
  };
}

/** Memory before and after clients connect. */
class IdleMeasurement implements Measurable {
  private constructor(
    private readonly rig: Rig,
    private readonly url: string,
    private readonly clients: number,
  ) {}

  static async open(subject: Subject, clients: number): Promise<IdleMeasurement> {
    const parameters: FanOutParameters = { bytes: 300 };
    const { rig, url } = await Rig.start(subject, parameters);
    return new IdleMeasurement(rig, url, clients);
  }

  async measure(): Promise<Sample> {
    const { rig, url, clients } = this;
    const before = await rig.server.call('memory', undefined);
    await rig.load.call('connect', { url, clients, stamp: QUOTE_STAMP });
    const after = await rig.server.call('memory', undefined);
    return { bytes: (after - before) / clients };
  }

  end(): Promise<void> {
    return this.rig.end();
  }
}
