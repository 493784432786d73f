import { describe, expect, it } from '@jest/globals';
import { WireError } from '@sluice/nano/wire';
import { rawEvent } from './raw-event.js';

const account = 'nano_1111111111111111111111111111111111111111111111111111hifc8npp';
const hash = 'AB'.repeat(32);
const block = {
  type: 'change',
  previous: hash,
  representative: account,
  work: '0000000000000001',
  signature: '00'.repeat(64),
};

describe('an event by hand', () => {
  it('has its large numbers as text, at any depth', () => {
    const votes = [{ representative: account, timestamp: '18446744073709551615', weight: '5' }];
    const data = { account, hash, block, amount: '7', election: { tally: '8', final: '9', votes } };
    expect(rawEvent('block.confirmed', data).data).toMatchObject({
      amount: 7n,
      election: { tally: 8n, final: 9n, votes: [{ timestamp: 2n ** 64n - 1n, weight: 5n }] },
      block: { type: 'change', work: 1n },
    });
  });

  it('of a legacy block has no subtype, whatever it says', () => {
    const data = { account, hash, block, amount: '0', subtype: 'send' };
    expect(rawEvent('block.confirmed', data).data).not.toHaveProperty('subtype');
    expect(rawEvent('block.unconfirmed', data).data).not.toHaveProperty('subtype');
  });

  it('leaves everything else as it is', () => {
    const data = { id: '123', mode: 'legacy', totalBlocks: 5, duration: 6 };
    expect(rawEvent('bootstrap.exited', data)).toEqual({ type: 'bootstrap.exited', data });
  });

  it.each([
    ['block.confirmed', { account, hash, block, amount: '1.5' }],
    ['block.confirmed', { account, hash }],
    ['block.confirmed', { account: 'nobody', hash, block }],
    ['block.unconfirmed', { block, hash: 'short' }],
    ['vote.processed', { blocks: [hash] }],
  ] as const)('%s %j is none', (type, data) => {
    expect(() => rawEvent(type, data)).toThrow(WireError);
  });
});
