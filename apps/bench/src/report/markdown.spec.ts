import { describe, expect, it } from '@jest/globals';
import { scenarioSection } from './markdown.js';

const figures = [
  { key: 'perSecond', title: 'messages/s' },
  { key: 'cpu', title: 'CPU µs', digits: 1, compared: true },
  { key: 'generator', title: 'cores', digits: 1, limit: 0.9 },
];
const samples = (generator: number, ...values: [number, number][]) =>
  values.map(([perSecond, cpu]) => ({ perSecond, cpu, generator }));

describe('the table of a scenario', () => {
  it('has medians, ratios to the first server with their range, and says when the load generator was the limit', () => {
    const table = scenarioSection({
      name: 'fan-out',
      description: 'One to all.',
      figures,
      absent: [{ name: 'bun', why: 'it is not installed' }],
      cases: [
        {
          label: '10 clients',
          subjects: [
            { name: 'ours', samples: samples(0.95, [1000, 2], [3000, 1], [2000, 4]) },
            { name: 'theirs', samples: samples(0.5, [10, 4], [30, 3], [20, 400]) },
          ],
        },
      ],
    });
    expect(table).toBe(
      [
        '## fan-out',
        '',
        'One to all.',
        '',
        'Without bun: it is not installed.',
        '',
        '| case       | server | messages/s | CPU µs |              ÷ ours |       cores |',
        '| ---------- | ------ | ---------: | -----: | ------------------: | ----------: |',
        '| 10 clients | ours   |      2,000 |    2.0 |                   1 | 1.0 (limit) |',
        '| 10 clients | theirs |         20 |    4.0 | **3.00** (2.00–100) |         0.5 |',
        '',
      ].join('\n'),
    );
  });
});
