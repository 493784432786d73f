import { describe, expect, it } from '@jest/globals';
import { barChart } from './chart.js';

describe('chart', () => {
  it('has a bar for each value, as long as the value is large, and names nothing as markup', () => {
    const svg = barChart('µs', [
      {
        title: 'a < b',
        bars: [
          { name: 'ours', value: 1 },
          { name: 'R&D', value: 4 },
        ],
      },
    ]);
    const widths = Array.from(svg.matchAll(/<rect[^>]* width="([\d.]+)"/g), ([, w]) => Number(w));
    expect(widths).toHaveLength(2);
    expect((widths[1] ?? 0) / (widths[0] ?? 0)).toBeCloseTo(4, 1);
    expect(svg).toContain('>a &lt; b: µs<');
    expect(svg).toContain('>R&amp;D<');
    expect(svg.match(/class="bar first"/g)).toHaveLength(1);
  });
});
