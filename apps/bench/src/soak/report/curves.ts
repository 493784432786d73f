/** What a soak has seen over time, as an SVG picture: curves below each other that share one axis of time. */
import { svg, text } from '../../report/svg.js';
import { aliveBytes, handleCount } from '../probe/process-holdings.js';
import type { SoakSample } from '../run/soak-result.js';
import { clientBytes } from '../run/soak-verdicts.js';

interface Curve {
  readonly name: string;
  readonly of: (sample: SoakSample) => number;
}

/** Curves with one scale, from 0; the first of them stands out. */
interface Panel {
  readonly title: string;
  readonly curves: readonly [Curve, ...Curve[]];
}

const [WIDTH, LEFT, RIGHT, HEAD, PLOT, FOOT] = [760, 50, 20, 34, 90, 24];
const MIB = 2 ** 20;

const PANELS: readonly Panel[] = [
  {
    title: 'memory that is alive, MiB',
    curves: [
      { name: 'because of clients', of: (sample) => clientBytes(sample) / MIB },
      { name: 'server', of: ({ server }) => aliveBytes(server) / MIB },
      { name: 'the same chains without clients', of: ({ twin }) => aliveBytes(twin) / MIB },
    ],
  },
  {
    title: 'resident memory, MiB',
    curves: [
      { name: 'server', of: ({ server }) => server.rss / MIB },
      { name: 'the same chains without clients', of: ({ twin }) => twin.rss / MIB },
    ],
  },
  {
    title: 'handles and connections',
    curves: [
      { name: 'connections', of: ({ sessions }) => sessions },
      { name: 'handles', of: ({ server }) => handleCount(server) },
    ],
  },
  {
    title: 'from publication to receipt, ms',
    curves: [
      { name: 'p99', of: ({ latency }) => latency.p99 },
      { name: 'p50', of: ({ latency }) => latency.p50 },
    ],
  },
];

/** @param samples at least one. */
export function soakCurves(samples: readonly SoakSample[]): string {
  const minutes = Math.max(...samples.map(({ minute }) => minute));
  const height = PANELS.length * (HEAD + PLOT) + FOOT;
  const parts = PANELS.flatMap((panel, index) =>
    drawn(panel, samples, minutes, index * (HEAD + PLOT) + HEAD),
  );
  const axis = text(WIDTH - RIGHT - 60, height - 6, `${minutes.toFixed(1)} min`, 'faint');
  return svg(WIDTH, height, [...parts, text(LEFT, height - 6, '0', 'faint'), axis]);
}

function drawn(
  { title, curves }: Panel,
  samples: readonly SoakSample[],
  minutes: number,
  top: number,
): readonly string[] {
  const most = Math.max(1e-9, ...curves.flatMap(({ of }) => samples.map(of)));
  const bottom = top + PLOT - 10;
  const x = (minute: number): string =>
    (LEFT + ((WIDTH - LEFT - RIGHT) * minute) / Math.max(minutes, 1e-9)).toFixed(1);
  const y = (value: number): string =>
    (bottom - ((bottom - top) * Math.max(0, value)) / most).toFixed(1);
  const lines = curves.map(({ of }, index) => {
    const points = samples.map((sample) => `${x(sample.minute)},${y(of(sample))}`).join(' ');
    return `<polyline${index === 0 ? ' class="first"' : ''} points="${points}"/>`;
  });
  const names = curves.map(({ name, of }) => `${name} ${shown(samples.at(-1), of)}`).join(', ');
  return [
    text(LEFT, top - 8, title, 'title'),
    text(LEFT + 230, top - 8, `at the end: ${names}`, 'faint'),
    text(0, top + 8, most.toPrecision(3), 'faint'),
    `<line class="axis" x1="${LEFT}" y1="${bottom}" x2="${WIDTH - RIGHT}" y2="${bottom}"/>`,
    // The first one stands out, and is drawn last.
    ...lines.reverse(),
  ];
}

function shown(sample: SoakSample | undefined, of: Curve['of']): string {
  return sample === undefined ? '–' : of(sample).toPrecision(3);
}
