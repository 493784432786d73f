/**
 * All accounts whose keys the chain has.
 */
import type { SeededRandom } from '../../random/seeded-random.js';
import { NanoChainError } from '../chain-error.js';
import { NanoWallet } from './nano-wallet.js';

/** Seed of the genesis account, the same on every chain. Anyone may use it: this is play money. */
export const NANO_GENESIS_SEED = 'B5'.repeat(32);

const REPRESENTATIVES = 4;
const LEGACY_ACCOUNTS = 2;
const MAX_WALLET_ACCOUNTS = 1000;

export class Keyring {
  /** Owner of all there is in the beginning; it signs epochs, too. */
  readonly genesis: string;
  readonly representatives: NanoWallet;
  /** The node's own wallet. */
  readonly wallet: NanoWallet;
  /** Accounts of the wallet that have legacy blocks only. */
  readonly legacyAccounts: readonly string[];
  private readonly genesisWallet = new NanoWallet(Buffer.from(NANO_GENESIS_SEED, 'hex'));

  constructor(random: SeededRandom, accounts: number) {
    this.genesis = this.genesisWallet.add();
    this.representatives = new NanoWallet(random.bytes(32));
    for (let i = 0; i < REPRESENTATIVES; i++) this.representatives.add();
    this.wallet = new NanoWallet(random.bytes(32));
    for (let i = 0; i < accounts; i++) this.wallet.add();
    this.legacyAccounts = Array.from({ length: LEGACY_ACCOUNTS }, () => this.wallet.add());
  }

  /** Accounts of the wallet that state blocks are for. */
  get stateAccounts(): readonly string[] {
    return this.wallet.accounts.filter((account) => !this.legacyAccounts.includes(account));
  }

  has(account: string): boolean {
    return this.find(account) !== undefined;
  }

  /** @throws NanoChainError for an account of somebody else. */
  secretKey(account: string): Uint8Array {
    const key = this.find(account);
    if (key === undefined)
      throw new NanoChainError(`The key of ${account} is not in a wallet here`);
    return key;
  }

  /** A new account of the wallet. @throws NanoChainError if there are 1,000. */
  addAccount(): string {
    if (this.wallet.accounts.length >= MAX_WALLET_ACCOUNTS) {
      throw new NanoChainError(
        `The wallet has ${MAX_WALLET_ACCOUNTS} accounts, which is the limit`,
      );
    }
    return this.wallet.add();
  }

  private find(account: string): Uint8Array | undefined {
    return [this.wallet, this.representatives, this.genesisWallet]
      .map((wallet) => wallet.secretKey(account))
      .find((key) => key !== undefined);
  }
}
