import { describe, expect, it } from '@jest/globals';
import { amountText, bar, durationText, rateText } from './figures.js';

describe('figures', () => {
  it.each([
    [0, '0.00 H/s'],
    [999, '999 H/s'],
    [1_420_000, '1.42 MH/s'],
    [23_400, '23.4 kH/s'],
    [5e12, '5000 GH/s'],
  ])('a rate of %d is %s', (perSecond, text) => {
    expect(rateText(perSecond)).toBe(text);
  });

  it.each([
    [0.00031, '0.31 ms'],
    [0.5, '500 ms'],
    [12.34, '12.3 s'],
    [90, '1.50 min'],
    [7200, '2.00 h'],
    [86_400 * 300, '300 days'],
    [86_400 * 3653, '10.0 years'],
    [Infinity, 'forever'],
    [2 ** 69 / 1e-9, 'forever'],
    [Number.NaN, 'forever'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });

  it.each([
    [0n, '0.00 HTR'],
    [6405n, '64.05 HTR'],
    [2n ** 63n, '92,233,720,368,547,758.08 HTR'],
  ])('%d atomic units are %s', (amount, text) => {
    expect(amountText(amount)).toBe(text);
  });

  it('a bar is filled in eighths and always as wide', () => {
    expect([-1, 0, 0.3, 0.5, 1, 7].map((fraction) => bar(fraction, 4))).toEqual([
      '    ',
      '    ',
      '█▎  ',
      '██  ',
      '████',
      '████',
    ]);
  });
});
