import { describe, expect, it } from '@jest/globals';
import {
  defineCounter,
  defineDistribution,
  defineGauge,
  defineHistogram,
} from './metric-definition.js';

const INVALID: unknown = expect.objectContaining({ code: 'INVALID' });

describe('a metric', () => {
  it.each([
    ['counter', defineCounter('a', 'A.'), []],
    ['gauge', defineGauge('a', 'A.'), []],
    ['histogram', defineHistogram('a', 'A.', [1, 2]), [1, 2]],
    ['distribution', defineDistribution('a', 'A.', [1, 2]), [1, 2]],
  ])('says that it is a %s, and has no labels unless it is given some', (kind, metric, buckets) => {
    expect(metric).toEqual({ kind, name: 'a', help: 'A.', labels: [], buckets });
  });

  it.each(['', '9lives', 'with-dash', 'sp ace', 'Ä'])('cannot be named %j', (name) => {
    expect(() => defineCounter(name, '')).toThrow(INVALID);
    expect(() => defineGauge('fine', '', [name])).toThrow(INVALID);
  });

  it('has buckets that rise and leaves their label alone', () => {
    expect(() => defineHistogram('a', '', [1, 1])).toThrow(INVALID);
    expect(() => defineDistribution('a', '', [1, 2], ['le'])).toThrow(INVALID);
  });
});
