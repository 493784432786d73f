import { describe, expect, it } from '@jest/globals';
import { blockSubtype, encodeAccount, epochLink, epochOfLink, ZERO_BYTES32 } from './index.js';

const someHash = '1D08850B16FF9B49490F4E2403A7ED0B09D028D36D6C9EA08F7EDCCB36ADAF93';

describe('the subtype of a state block', () => {
  it.each([
    ['send', 'the balance went down', 9n, someHash],
    ['send', 'the balance went down, to the zero account', 9n, ZERO_BYTES32],
    ['send', 'the balance went down, to an epoch link', 9n, epochLink(2)],
    ['change', 'the link is zero', 10n, '0'.repeat(64)],
    ['epoch', 'the link is epoch 1', 10n, epochLink(1)],
    ['epoch', 'the link is epoch 2', 10n, epochLink(2)],
    ['receive', 'the balance went up', 11n, someHash],
    ['receive', 'nothing moved, but there is a link', 10n, someHash],
  ])('is %s when %s', (subtype, _, balance, link) => {
    expect(blockSubtype({ balance, link }, 10n)).toBe(subtype);
  });

  it('of an opening block is receive', () => {
    expect(blockSubtype({ balance: 5n, link: someHash }, 0n)).toBe('receive');
  });
});

describe('epoch links', () => {
  // Contract 8, accounts.json.
  it.each([
    [1, 'nano_1sdifxjpia5p86i86u5hefoi1111111111111111111111111111g7jhnpfy'],
    [2, 'nano_1sdifxjpia5p8ai86u5hefoi1111111111111111111111111111ngspq7ps'],
  ] as const)('of epoch %i are that text', (epoch, account) => {
    expect(encodeAccount(epochLink(epoch))).toBe(account);
    expect(epochOfLink(epochLink(epoch))).toBe(epoch);
  });

  it('are recognised in full only', () => {
    const almost = epochLink(1);
    almost[31] = 1;
    expect(epochOfLink(almost)).toBeUndefined();
    expect(epochOfLink(someHash)).toBeUndefined();
  });
});
