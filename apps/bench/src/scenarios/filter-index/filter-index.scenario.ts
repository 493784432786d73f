import { PerformMeasurement } from '../../run/perform-measurement.js';
import type { Scenario, ScenarioCase, Subject } from '../scenario.js';
import { KEYS_EACH, type FilterParameters } from './transfers.js';

const server = (name: string): URL => new URL(`./${name}.server.js`, import.meta.url);

export const INDEX: Subject = { name: 'sluice, filtered topic', module: server('index') };
export const DELIVERIES: Subject = {
  name: 'the two deliveries alone',
  module: server('deliveries'),
};
export const SCAN: Subject = { name: 'a Set per subscriber', module: server('scan') };

export const filterIndex: Scenario = {
  name: 'filter-index',
  description:
    `${KEYS_EACH} addresses watched by each subscriber, and events that touch four and concern two subscribers: without a network, ` +
    'so that the difference of the first two servers is what filters cost.',
  subjects: [INDEX, DELIVERIES, SCAN],
  figures: [
    { key: 'perSecond', title: 'events/s' },
    { key: 'cpuPerEvent', title: 'CPU µs/event', digits: 2, compared: true },
  ],
  cases: ({ size }) =>
    size === 'quick' ? [indexCase(50, 100)] : [indexCase(1000, 20_000), indexCase(10_000, 20_000)],
};

/** A scan takes so much longer that it gets fewer events at a time. */
const SCANNED = 100;

/** @param events published in one go. */
export function indexCase(subscribers: number, events: number): ScenarioCase {
  const parameters: FilterParameters = { subscribers };
  return {
    label: indexLabel(subscribers),
    open: (subject) =>
      PerformMeasurement.open(subject, parameters, subject === SCAN ? SCANNED : events),
  };
}

export const indexLabel = (subscribers: number): string =>
  `${subscribers.toLocaleString('en')} subscribers`;
