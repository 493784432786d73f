import { expect } from '@jest/globals';
import type { SampleProcess } from '../support/sample-process.js';
import { balanceOf, voidingOf } from './chain-truth.js';
import { WalletProcess, type WalletOptions } from './wallet-process.js';

/** Words that nobody uses in earnest. */
export const WORDS =
  'avocado spot town typical traffic vault danger century property shallow divorce festival spend attack anchor afford rotate green audit adjust fade wagon depart level';

/**
 * The wallets of one test, ended together.
 * @example
 * const wallets = new WalletPool();
 * afterEach(() => wallets.closeAll());
 */
export class WalletPool {
  private wallets: WalletProcess[] = [];

  /** Opens a wallet on a sample; of {@link WORDS}, unless other words are given. */
  async open(
    { urls }: SampleProcess,
    options: Pick<WalletOptions, 'mode' | 'window' | 'signers'> & { words?: string },
  ): Promise<WalletProcess> {
    const { http, tx_mining: txMining = '' } = urls;
    const wallet = await WalletProcess.open({ http, txMining, words: WORDS, ...options });
    this.wallets.push(wallet);
    return wallet;
  }

  async closeAll(): Promise<void> {
    const { wallets } = this;
    this.wallets = [];
    await Promise.all(wallets.map((wallet) => wallet.close()));
  }
}

/**
 * Checks that a wallet knows exactly what the chain knows about its addresses: balances, and which vertices are voided.
 * @returns the addresses.
 */
export async function expectAgreement(
  wallet: WalletProcess,
  { urls }: SampleProcess,
  ...tokens: readonly string[]
): Promise<readonly string[]> {
  const addresses = await wallet.addresses();
  const known = new Map<string, boolean>();
  for (const token of ['00', ...tokens]) {
    const { unlocked, locked } = await wallet.balance(token);
    expect(unlocked + locked).toBe(await balanceOf(urls.http, addresses, token));
    for (const { id, voided } of await wallet.history(token)) known.set(id, voided);
  }
  expect(known).toEqual(await voidingOf(urls.http, addresses));
  return addresses;
}
