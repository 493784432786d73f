import { BUN, NEST, SLUICE } from '../../broadcast/broadcast-subjects.js';
import { fanOutLabel } from '../../scenarios/fan-out/fan-out.scenario.js';
import { latencyLabel } from '../../scenarios/latency/latency.scenario.js';
import type { Place } from '../measured.js';
import type { Target } from './target.js';

const fanOut = (subject: string, perTurn: number, bytes: number): Place => ({
  scenario: 'fan-out',
  label: fanOutLabel(1000, perTurn, bytes),
  subject,
  figure: 'cpuPerDelivery',
});

const NEST_TO_SLUICE = { subject: SLUICE.name };
const SIZES = [300, 2000];

const bursts = SIZES.flatMap((bytes): Target[] => [
  {
    what: `bursts of 50, ${bytes} B: CPU per delivery, of Bun's native publish`,
    bound: ['<', 1],
    unit: ' ×',
    value: (measured) => measured.ratio(fanOut(SLUICE.name, 50, bytes), { subject: BUN.name }),
  },
  {
    what: `bursts of 50, ${bytes} B: stock Nest's CPU per delivery, of Sluice's`,
    bound: ['≥', 25],
    unit: ' ×',
    value: (measured) => measured.ratio(fanOut(NEST.name, 50, bytes), NEST_TO_SLUICE),
  },
]);

const singles = SIZES.flatMap((bytes): Target[] => [
  {
    what: `singles, ${bytes} B: stock Nest's CPU per delivery, of Sluice's`,
    bound: ['≥', bytes === 300 ? 1.5 : 2],
    unit: ' ×',
    value: (measured) => measured.ratio(fanOut(NEST.name, 1, bytes), NEST_TO_SLUICE),
  },
  {
    what: `singles, ${bytes} B: CPU per delivery, of Bun's native publish`,
    bound: ['≤', 1.25],
    unit: ' ×',
    value: (measured) => measured.ratio(fanOut(SLUICE.name, 1, bytes), { subject: BUN.name }),
  },
]);

const flood = (subject: string, figure: string): Place => ({
  scenario: 'latency',
  label: latencyLabel(1000, 500),
  subject,
  figure,
});

/** One event, or many, to everybody. */
export const FAN_OUT_TARGETS: readonly Target[] = [
  ...bursts,
  ...singles,
  {
    what: '500 events/s to 1,000 subscribers: p99 latency',
    bound: ['<', 25],
    unit: ' ms',
    value: (measured) => measured.median(flood(SLUICE.name, 'p99')),
  },
  {
    what: 'the same on the stock Nest gateway: its newest event is behind, so it does not keep up',
    bound: ['≥', 500],
    unit: ' ms',
    value: (measured) => measured.median(flood(NEST.name, 'behind')),
  },
];
