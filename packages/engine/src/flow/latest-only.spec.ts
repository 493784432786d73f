import { describe, expect, it } from '@jest/globals';
import { policyUnderTest } from '../testing/fake-outlet.js';
import { latestOnly } from './latest-only.flow.js';

describe('latestOnly', () => {
  it('reports what a newer message replaced, and what found no room, each for its reason', () => {
    const { outlet, policy } = policyUnderTest(latestOnly({ by: (key) => key, messages: 2 }));
    const offer = (...keys: readonly string[]) => {
      for (const key of keys) policy.offer({ frame: Buffer.from(key), event: key });
    };
    offer('sent');
    outlet.takes(0);
    offer('a', 'b');
    expect(outlet.lostFor).toEqual([]);
    offer('a');
    expect(outlet.lostFor).toEqual(['replaced']);
    offer('c');
    expect(outlet.lostFor).toEqual(['replaced', 'overflow']);
    outlet.takes(Infinity);
    policy.drained();
    expect(outlet.sent.map(String)).toEqual(['sent', 'a', 'c']);
    expect(outlet.lost).toBe(2);
  });
});
