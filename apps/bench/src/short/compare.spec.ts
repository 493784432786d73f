import { describe, expect, it } from '@jest/globals';
import { compare } from './compare.js';

const measured = (ours: readonly number[], theirs: readonly number[]) => ({
  label: 'case',
  subjects: [
    { name: 'ours', samples: ours.map((cpu) => ({ cpu })) },
    { name: 'theirs', samples: theirs.map((cpu) => ({ cpu })) },
  ],
});

describe('the comparison of the short form', () => {
  it('is of rounds, so that a machine that is busy for a while changes nothing', () => {
    const busy = measured([1, 10, 2], [3, 30, 6]);
    expect(compare(busy, 'cpu', 3)).toEqual({ passed: true, ratio: '3.00 (3.00–3.00)' });
    expect(compare(busy, 'cpu', 3.01)).toMatchObject({ passed: false });
  });

  it('lets no single round decide', () => {
    const noisy = measured([1, 1, 1], [3, 0.1, 3]);
    expect(compare(noisy, 'cpu', 2)).toEqual({ passed: true, ratio: '3.00 (0.10–3.00)' });
  });

  it('fails where a figure is missing', () => {
    expect(compare(measured([1], [3]), 'no-such', 2)).toMatchObject({ passed: false });
  });
});
