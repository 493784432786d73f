import { Inject, Injectable, Optional } from '@nestjs/common';
import type { NanoOptions } from '../nano.options.js';
import { NANO_OPTIONS } from '../nano.tokens.js';
import { canonicalAccount } from '../wire/index.js';
import { NanoWallets } from './nano-wallets.js';

/** Accounts that count as local: those of the options, and those of the application's wallets. */
@Injectable()
export class LocalAccounts {
  private readonly configured: ReadonlySet<string>;

  /** @throws WireError if an account of the options is none. */
  constructor(
    @Inject(NANO_OPTIONS) options: NanoOptions,
    @Optional() private readonly wallets?: NanoWallets,
  ) {
    this.configured = new Set(
      (options.wallets ?? []).map((account) => canonicalAccount(account, 'wallets')),
    );
  }

  /** @param account canonical text. */
  has(account: string): boolean {
    return this.configured.has(account) || (this.wallets?.has(account) ?? false);
  }
}
