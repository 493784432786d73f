import { describe, expect, it } from '@jest/globals';
import { markdownTable } from './markdown.js';

const figures = [
  { key: 'perSecond', title: 'messages/s' },
  { key: 'cpu', title: 'CPU µs', digits: 1, compared: true },
];
const samples = (...values: [number, number][]) =>
  values.map(([perSecond, cpu]) => ({ perSecond, cpu }));

describe('the table of a scenario', () => {
  it('has medians, and for compared figures the ratio to the first server with its range', () => {
    const table = markdownTable({
      name: 'fan-out',
      description: 'One to all.',
      figures,
      cases: [
        {
          label: '10 clients',
          subjects: [
            { name: 'ours', samples: samples([1000, 2], [3000, 1], [2000, 4]) },
            { name: 'theirs', samples: samples([10, 4], [30, 3], [20, 400]) },
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
        '| case | server | messages/s | CPU µs | ÷ ours |',
        '| --- | --- | --: | --: | --: |',
        '| 10 clients | ours | 2,000 | 2.0 | 1 |',
        '| 10 clients | theirs | 20 | 4.0 | **3.00** (2.00–100) |',
        '',
      ].join('\n'),
    );
  });
});
