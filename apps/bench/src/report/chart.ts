/** Bars as an SVG picture: no library draws fewer than these. */

/** Bars that are compared with each other; the scale of each group is its own. */
export interface BarGroup {
  readonly title: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
}

const [WIDTH, NAMES, VALUES, ROW, HEAD] = [760, 210, 90, 20, 34];

const STYLE = `text { font: 12px sans-serif; fill: #333 } .title { font-weight: bold } .bar { fill: #8a97a8 } .first { fill: #2f6fde }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .bar { fill: #6b7686 } .first { fill: #6ea0ff } }`;

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
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 6}" viewBox="0 0 ${WIDTH} ${y + 6}">
<style>${STYLE}</style>
${parts.join('\n')}
</svg>
`;
}

const text = (x: number, y: number, content: string, style?: string): string =>
  `<text x="${x.toFixed(1)}" y="${y}"${style === undefined ? '' : ` class="${style}"`}>${escaped(content)}</text>`;

const escaped = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const shown = (value: number): string => value.toPrecision(3);
