import { expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { UpgradeRate } from './upgrade-rate.js';

const address = (host: number): string =>
  `10.${String(host >> 16)}.${String((host >> 8) & 255)}.${String(host & 255)}`;

it('forgets an address that was not seen for two windows, and remembers one that was', () => {
  const clock = new ManualClock();
  const rate = new UpgradeRate(
    { upgradesPerSecond: Infinity, upgradesPerSecondPerAddress: 1 },
    clock,
  );
  for (let round = 0; round < 5; round++) {
    for (let host = 0; host < 1000; host++) rate.accept(address(round * 1000 + host));
    clock.advance(10_000);
  }
  expect(rate.addresses).toBeLessThanOrEqual(2000);
});

it('still knows in the next window how much an address had in the last', () => {
  const clock = new ManualClock();
  const rate = new UpgradeRate(
    { upgradesPerSecond: Infinity, upgradesPerSecondPerAddress: 1 },
    clock,
  );
  clock.advance(9_999);
  for (let count = 0; count < 10; count++) expect(rate.accept('192.0.2.1')).toBe(true);
  clock.advance(1);
  expect(rate.accept('192.0.2.1')).toBe(false);
  clock.advance(999);
  expect(rate.accept('192.0.2.1')).toBe(true);
});
