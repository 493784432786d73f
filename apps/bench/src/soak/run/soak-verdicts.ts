/** What must hold for a soak to pass, but for what clients find by themselves. */
import { judgeGrowth, type GrowthLimit } from '../growth/growth.js';
import { aliveBytes, handleCount } from '../probe/process-holdings.js';
import type { SoakSample, Verdict } from './soak-result.js';

const MIB = 2 ** 20;

/** Part of the time that is not judged: caches fill, code is compiled. */
const WARM_UP = 0.25;

/** The wallet socket remembers the state of the last 10,000 vertices, and code is compiled until the end. */
const MOST_GROWTH = 6 * MIB;

/** What is still known when all have gone: the same, and 4 MiB of events that were read last. */
const MOST_LEFT = 20 * MIB;

/** Memory moves up and down by more than it could grow in less. */
const LEAST_MINUTES = 5;

interface Series extends GrowthLimit {
  readonly of: (sample: SoakSample) => number;
}

const mebibytes = (bytes: number): string => `${(bytes / MIB).toFixed(2)} MiB`;
const number = (value: number): string => value.toFixed(1);

/** Bytes that are alive because of clients: the twin has the same chains, and nobody to serve. */
export function clientBytes({ server, twin }: SoakSample): number {
  return aliveBytes(server) - aliveBytes(twin);
}

/** Handles that are not open connections. */
export function otherHandles({ server, sessions }: SoakSample): number {
  return handleCount(server) - sessions;
}

const SERIES: readonly Series[] = [
  {
    name: 'memory does not grow',
    of: clientBytes,
    most: MOST_GROWTH,
    leastMinutes: LEAST_MINUTES,
    show: mebibytes,
  },
  { name: 'handles do not grow', of: otherHandles, most: 8, show: number },
  { name: 'listeners do not grow', of: ({ server }) => server.listeners, most: 0.5, show: number },
];

/** @param faults that clients have found. */
export function deliveryVerdict(faults: number): Verdict {
  const name = 'every event once, in order, for every client';
  return { name, passed: faults === 0, text: `${String(faults)} faults` };
}

export function complaintVerdict({ lines, last }: { lines: number; last: string }): Verdict {
  const text = lines === 0 ? 'nothing' : `${String(lines)} lines: ${last}`;
  return { name: 'the server has nothing to complain of', passed: lines === 0, text };
}

/** Judges the samples of a run. */
export function growthVerdicts(samples: readonly SoakSample[]): readonly Verdict[] {
  const end = samples.at(-1)?.minute ?? 0;
  const judged = samples.filter(({ minute }) => minute >= end * WARM_UP);
  return SERIES.map(({ of, ...limit }) =>
    judgeGrowth(
      limit,
      judged.map((sample) => ({ minute: sample.minute, value: of(sample) })),
    ),
  );
}

/** Compares the server before clients came and after all have gone. */
export function restVerdicts(before: SoakSample, after: SoakSample): readonly Verdict[] {
  const left = clientBytes(after) - clientBytes(before);
  const handles = handleCount(after.server) - handleCount(before.server);
  const listeners = after.server.listeners - before.server.listeners;
  return [
    { name: 'no session is left', passed: after.sessions === 0, text: String(after.sessions) },
    { name: 'no handle is left', passed: handles <= 2, text: difference(before, after) },
    { name: 'no listener is left', passed: listeners <= 0, text: String(listeners) },
    {
      name: 'no memory is left',
      passed: left <= MOST_LEFT,
      text: `${mebibytes(left)}; at most ${mebibytes(MOST_LEFT)}`,
    },
  ];
}

function difference({ server: before }: SoakSample, { server: after }: SoakSample): string {
  const kinds = new Set([...Object.keys(before.handles), ...Object.keys(after.handles)]);
  return Array.from(
    kinds,
    (kind) => [kind, (after.handles[kind] ?? 0) - (before.handles[kind] ?? 0)] as const,
  )
    .map(([kind, change]) => `${kind} ${change >= 0 ? '+' : ''}${String(change)}`)
    .join(', ');
}
