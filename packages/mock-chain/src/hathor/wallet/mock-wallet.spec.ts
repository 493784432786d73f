import { describe, expect, it } from '@jest/globals';
import { recordedChain } from '../../../test/support/recorded-chain.js';
import { InsufficientFundsError } from './insufficient-funds.error.js';

describe('the wallet of a chain', () => {
  it('has 20 addresses and uses them in turn', () => {
    const { chain } = recordedChain(0);
    const mined = Array.from({ length: 22 }, () => chain.mineBlock().outputs[0]?.decoded);
    expect(mined.slice(20)).toEqual(mined.slice(0, 2));
    expect(new Set(chain.wallet.addresses).size).toBe(20);
    expect(() => chain.wallet.addressAt(20)).toThrow(RangeError);
  });

  it('pays with the oldest coins and keeps the change', () => {
    const { chain } = recordedChain(4);
    const to = 'WdmDUMp8KvzhWB7KLgguA2wBiKsh4Ha8eX';
    const { inputs, outputs } = chain.transfer({ to, amount: 7000n });
    expect(inputs.map(({ tx_id: id }) => id)).toEqual([
      chain.blockAt(1)?.hash,
      chain.blockAt(2)?.hash,
    ]);
    expect(outputs.map(({ value }) => value)).toEqual([5800, 7000]);
    expect(outputs[1]?.decoded).toEqual({ type: 'P2PKH', address: to, timelock: null });
    expect(chain.wallet.balance()).toBe(4n * 6400n - 7000n);
  });

  it('cannot pay with a locked reward', () => {
    const { chain } = recordedChain(4, { rewardSpendMinBlocks: 4 });
    expect(chain.wallet.balance()).toBe(4n * 6400n);
    expect(() => chain.transfer()).toThrow(InsufficientFundsError);
  });

  it('cannot pay more than it has', () => {
    const { chain } = recordedChain(3);
    expect(() => chain.transfer({ amount: 10n ** 9n })).toThrow(InsufficientFundsError);
  });

  it('is paid from genesis as from a faucet', () => {
    const { chain } = recordedChain(1);
    chain.payFromGenesis({ amount: 123_456n });
    expect(chain.wallet.balance()).toBe(6400n + 123_456n);
    expect(chain.genesisWallet.balance()).toBe(100_000_000_000n - 123_456n);
  });
});
