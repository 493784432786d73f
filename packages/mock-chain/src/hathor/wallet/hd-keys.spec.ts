import { describe, expect, it } from '@jest/globals';
import { encodeAddress, hathorNetworks } from '@sluice/hathor/codec';
import { HathorMockChain } from '../hathor-mock-chain.js';
import { GENESIS_WORDS } from '../network/genesis.js';
import { HdKeys } from './hd-keys.js';

describe('HdKeys', () => {
  it('derives from the genesis words the address in the genesis block of unittests', () => {
    const { hash } = HdKeys.fromWords(GENESIS_WORDS).at(0);
    expect(encodeAddress('P2PKH', hash, hathorNetworks.unittests)).toBe(
      'HRXVDmLVdq8pgok1BCUKpiFWdAVAy4a5AJ',
    );
  });

  it('opens the wallet of a chain from its words', () => {
    const { wallet } = new HathorMockChain({ seed: 5 });
    const keys = HdKeys.fromWords(wallet.words);
    expect(wallet.words.split(' ')).toHaveLength(24);
    expect(keys.xpub).toBe(wallet.xpub);
    expect(encodeAddress('P2PKH', keys.at(7).hash, hathorNetworks.localnet)).toBe(
      wallet.addressAt(7),
    );
  });
});
