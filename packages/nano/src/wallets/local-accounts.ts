import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Clock } from '@sluice/engine';
import { CLOCK, FaultLog } from '@sluice/nestjs';
import type { NanoOptions } from '../nano.options.js';
import { NANO_OPTIONS } from '../nano.tokens.js';
import { canonicalAccount } from '../wire/index.js';
import { NanoWallets } from './nano-wallets.js';

/** Accounts that count as local: those of the options, and those of the application's wallets. */
@Injectable()
export class LocalAccounts {
  private readonly configured: ReadonlySet<string>;
  private readonly log: FaultLog;

  /** @throws WireError if an account of the options is none. */
  constructor(
    @Inject(NANO_OPTIONS) options: NanoOptions,
    @Inject(CLOCK) clock: Clock,
    @Optional() private readonly wallets?: NanoWallets,
  ) {
    this.configured = new Set(
      (options.wallets ?? []).map((account) => canonicalAccount(account, 'wallets')),
    );
    this.log = new FaultLog(LocalAccounts.name, clock);
  }

  /** @param account canonical text. */
  has(account: string): boolean {
    return this.configured.has(account) || this.isInWallets(account);
  }

  /** A fault of the wallets costs those who follow local accounts the message, and nobody else. */
  private isInWallets(account: string): boolean {
    try {
      const answer: unknown = this.wallets?.has(account) ?? false;
      if (answer instanceof Promise) {
        // Left alone, one that rejects would end the process.
        answer.catch(() => undefined);
        throw new TypeError('NanoWallets.has() gave a promise; it has to answer at once');
      }
      return answer === true;
    } catch (error) {
      this.log.internal(error, 'wallets');
      return false;
    }
  }
}
