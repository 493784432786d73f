import { NEST, SLUICE, WS } from '../../broadcast/broadcast-subjects.js';
import { QUOTE_STAMP, type BroadcastParameters } from '../../broadcast/quote.js';
import { VOLLEY_FIGURES, VolleyMeasurement } from '../../run/volley-measurement.js';
import type {
  BenchSettings,
  Measurable,
  Sample,
  Scenario,
  ScenarioCase,
  Subject,
} from '../scenario.js';

const stalled = (subject: Subject): Subject => ({
  ...subject,
  name: `${subject.name}, 10 stalled`,
});

export const UNDISTURBED = SLUICE;
export const STALLED = stalled(SLUICE);
const [WS_STALLED, NEST_STALLED] = [stalled(WS), stalled(NEST)];
const WITH_STALLED: readonly Subject[] = [STALLED, WS_STALLED, NEST_STALLED];
const { p50, p99, cpuPerDelivery, generator } = VOLLEY_FIGURES;

const clientsLabel = (clients: number): string => `${clients.toLocaleString('en')} clients`;

const CLIENTS = 1000;
export const STALLED_LABEL = clientsLabel(CLIENTS);

export const stalledClients: Scenario = {
  name: 'stalled',
  description:
    'Latency of 1,000 clients at 100 events/s of 2 KB, with and without 10 more that have stopped reading. Those were sent 5 MB ' +
    'before, more than the kernel takes, so that the server holds the rest. New processes in each round.',
  subjects: [UNDISTURBED, STALLED, WS, WS_STALLED, NEST, NEST_STALLED],
  figures: [p50, { ...p99, compared: true }, cpuPerDelivery, generator],
  fresh: true,
  cases: ({ size }) => [size === 'quick' ? stalledCase(20, 50) : stalledCase(CLIENTS, 2500)],
};

const PACE = { perTurn: 1, everyMs: 10 };

/** @param events that those who do not read have missed. */
function stalledCase(clients: number, events: number): ScenarioCase {
  const parameters: BroadcastParameters = { bytes: 2000 };
  return {
    label: clientsLabel(clients),
    open: async (subject) =>
      new WarmMeasurement(
        await VolleyMeasurement.open(subject, {
          parameters,
          audience: { clients, stamp: QUOTE_STAMP },
          receivers: clients,
          before: {
            events,
            perTurn: 50,
            bystanders: { clients: 10, stalled: WITH_STALLED.includes(subject) },
          },
          paced: PACE,
        }),
      ),
  };
}

/** Measures twice, and means the second time. */
class WarmMeasurement implements Measurable {
  constructor(private readonly measured: Measurable) {}

  async measure(settings: BenchSettings): Promise<Sample> {
    await this.measured.measure({ ...settings, seconds: settings.seconds / 3 });
    return this.measured.measure(settings);
  }

  end(): Promise<void> {
    return this.measured.end();
  }
}
