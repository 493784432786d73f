import { SLUICE } from '../../broadcast/broadcast-subjects.js';
import { connectionsLabel } from '../../scenarios/connections/connections.scenario.js';
import { slowLabel } from '../../scenarios/memory/memory.scenario.js';
import { STALLED, STALLED_LABEL, UNDISTURBED } from '../../scenarios/stalled/stalled.scenario.js';
import type { Target } from './target.js';

/** What clients cost that do nothing. */
export const RESOURCE_TARGETS: readonly Target[] = [
  {
    what: 'idle connection: resident memory',
    bound: ['≤', 12_000],
    unit: ' B',
    value: (measured) =>
      measured.median({
        scenario: 'connections',
        label: connectionsLabel(5000),
        subject: SLUICE.name,
        figure: 'resident',
      }),
  },
  {
    what: '10 stalled of 1,000: the others’ p99, of that without any',
    bound: ['≤', 1.2],
    unit: ' ×',
    value: (measured) =>
      measured.ratio(
        { scenario: 'stalled', label: STALLED_LABEL, subject: STALLED.name, figure: 'p99' },
        { subject: UNDISTURBED.name },
      ),
  },
  {
    what: 'memory of a stalled session',
    bound: ['<', 64_000],
    unit: ' B',
    value: (measured) =>
      measured.median({
        scenario: 'memory',
        label: slowLabel(100),
        subject: SLUICE.name,
        figure: 'alive',
      }),
  },
];
