/** Bars as an SVG picture: no library draws fewer than these. */
import { svg, text } from './svg.js';

/** Bars that are compared with each other; the scale of each group is its own. */
export interface BarGroup {
  readonly title: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
}

const [WIDTH, NAMES, VALUES, ROW, HEAD] = [760, 210, 90, 20, 34];

/** @param unit of all values; less is better. The first bar of a group stands out. */
export function barChart(unit: string, groups: readonly BarGroup[]): string {
  let y = 0;
  const parts = groups.flatMap(({ title, bars }) => {
    const most = Math.max(...bars.map(({ value }) => value));
    const heading = text(0, (y += HEAD) - 10, `${title}: ${unit}`, 'title');
    const rows = bars.map(({ name, value }, index) => {
      const length = Math.max(1, ((WIDTH - NAMES - VALUES) * value) / most);
      const bar = `<rect class="bar${index === 0 ? ' first' : ''}" x="${NAMES}" y="${y}" width="${length.toFixed(1)}" height="${ROW - 5}"/>`;
      const baseline = y + 12;
      y += ROW;
      return text(0, baseline, name) + bar + text(NAMES + length + 6, baseline, shown(value));
    });
    return [heading, ...rows];
  });
  return svg(WIDTH, y + 6, parts);
}

const shown = (value: number): string => value.toPrecision(3);
