import { describe, expect, it } from '@jest/globals';
import { readSoakOptions, SoakOptionsError } from './soak-options.js';

describe('the options of a soak', () => {
  it('are half an hour and 400 clients by default', () => {
    expect(readSoakOptions([])).toMatchObject({ ms: 1_800_000, clients: 400, reports: [] });
  });

  it('can all be given', () => {
    const args = '--for 1.5h --clients 70 --seed 3 --rate 20 --report a.json --report b.md';
    expect(readSoakOptions(args.split(' '))).toEqual({
      help: false,
      ms: 5_400_000,
      clients: 70,
      seed: 3,
      rate: 20,
      reports: ['a.json', 'b.md'],
    });
  });

  it.each([
    '--for 5',
    '--for 5s',
    '--for soon',
    '--clients 27',
    '--clients 1e3',
    '--seed -1',
    '--rate 0',
    '--report table.txt',
    '--fast',
    'more',
  ])('are refused: %s', (args) => {
    expect(() => readSoakOptions(args.split(' '))).toThrow(SoakOptionsError);
  });
});
