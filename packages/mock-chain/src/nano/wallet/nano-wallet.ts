import { encodeAccount, publicKeyOf, secretKeyOf, upperHex } from '@sluice/nano/wire';

/** Accounts of a seed, as every Nano wallet derives them from it. */
export class NanoWallet {
  /** 64 hex digits. Opens the same accounts in any Nano wallet. */
  readonly seed: string;
  private readonly keys = new Map<string, Uint8Array>();

  constructor(seed: Uint8Array) {
    this.seed = upperHex(seed, 32, 'seed');
  }

  /** In the order of their index. */
  get accounts(): readonly string[] {
    return [...this.keys.keys()];
  }

  has(account: string): boolean {
    return this.keys.has(account);
  }

  secretKey(account: string): Uint8Array | undefined {
    return this.keys.get(account);
  }

  /** The account of the next index. */
  add(): string {
    const key = secretKeyOf(this.seed, this.keys.size);
    const account = encodeAccount(publicKeyOf(key));
    this.keys.set(account, key);
    return account;
  }
}
