import { describe, expect, it } from '@jest/globals';
import { DIALECTS } from '../check.js';
import { conformanceSuite } from './suites.js';

describe.each(DIALECTS)('the suite of %s', (dialect) => {
  const checks = conformanceSuite(dialect);

  it('names a section of the dialect’s contract for every check', () => {
    const strange = checks.filter(
      ({ ref }) => !new RegExp(`^${dialect} §\\d+(?:[. ][\\w.]+)*$`).test(ref),
    );
    expect(strange).toEqual([]);
  });

  it('has no check twice', () => {
    const names = checks.map(({ ref, title, endpoint }) => `${ref} ${endpoint}: ${title}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('can see most of it without a driver', () => {
    const free = checks.filter(
      ({ needs = [] }) => !needs.includes('driver') && !needs.includes('stress'),
    );
    expect(free.length).toBeGreaterThan(15);
  });
});
