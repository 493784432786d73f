import {
  indexLabel,
  DELIVERIES,
  INDEX,
} from '../../scenarios/filter-index/filter-index.scenario.js';
import {
  PAGES,
  replayLabel,
  SLUICE_LMDB,
  WS_LMDB,
} from '../../scenarios/replay/replay.scenario.js';
import type { Place } from '../measured.js';
import { difference, quotient, type Target } from './target.js';

const index = (subscribers: number, subject: string): Place => ({
  scenario: 'filter-index',
  label: indexLabel(subscribers),
  subject,
  figure: 'cpuPerEvent',
});

const replayed = (subject: string, clients: number, figure: string): Place => ({
  scenario: 'replay',
  label: replayLabel(1000, clients),
  subject,
  figure,
});

/** What only some clients get, and what they get again. */
export const STREAM_TARGETS: readonly Target[] = [
  {
    what: 'filters, 10,000 × 20 keys, 4 keys per event: CPU per event besides the deliveries',
    bound: ['<', 3],
    unit: ' µs',
    value: (measured) =>
      difference(
        measured.median(index(10_000, INDEX.name)),
        measured.median(index(10_000, DELIVERIES.name)),
      ),
  },
  {
    what: 'filters, 1,000 → 10,000 subscribers: CPU per event, deliveries included',
    bound: ['≤', 1.3],
    unit: ' ×',
    value: (measured) =>
      quotient(
        measured.median(index(10_000, INDEX.name)),
        measured.median(index(1000, INDEX.name)),
      ),
  },
  {
    what: '`/event_ws` from LMDB, window 1000, 1 client: CPU of reading, parsing and stringifying each event, of ours',
    bound: ['≥', 8],
    unit: ' ×',
    value: (measured) =>
      measured.ratio(replayed(WS_LMDB.name, 1, 'cpuPerEvent'), { subject: SLUICE_LMDB.name }),
  },
  {
    what: 'the same: CPU of reading the same pages without a socket, of ours',
    bound: ['≥', 0.6],
    unit: ' ×',
    value: (measured) =>
      measured.ratio(replayed(PAGES.name, 1, 'cpuPerEvent'), { subject: SLUICE_LMDB.name }),
  },
  {
    what: 'the same with 10 clients in the same range: events/s, of those with 1',
    bound: ['≥', 1.3],
    unit: ' ×',
    value: (measured) =>
      quotient(
        measured.median(replayed(SLUICE_LMDB.name, 10, 'perSecond')),
        measured.median(replayed(SLUICE_LMDB.name, 1, 'perSecond')),
      ),
  },
];
