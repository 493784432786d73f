import { Injectable, Module } from '@nestjs/common';
import { EventBus } from '@sluice/engine';
import { SluiceModule } from '@sluice/nestjs';
import { NanoModule, NanoWallets } from '../src/index.js';
import { blockHash, blockSubtype, canonicalAccount, type StateBlock } from '../src/wire/index.js';

/** The application's own ledger: it says what happens, the module tells whoever listens. */
@Injectable()
export class Ledger {
  /** Accounts of the ledger's own wallet. */
  readonly own = new Set<string>();
  private readonly balances = new Map<string, bigint>();

  constructor(private readonly bus: EventBus) {}

  /** Takes a block in and confirms it. Accounts, hashes and signatures may be text or bytes. */
  async accept(block: StateBlock): Promise<void> {
    const account = canonicalAccount(block.account);
    const before = this.balances.get(account) ?? 0n;
    const change = block.balance - before;
    const hash = blockHash(block);
    const subtype = blockSubtype(block, before);
    this.balances.set(account, block.balance);
    await this.bus.publish('block.unconfirmed', { block, hash, subtype });
    await this.bus.publish('block.confirmed', {
      block,
      hash,
      subtype,
      account,
      amount: change < 0n ? -change : change,
      confirmationType: 'inactive',
    });
  }
}

@Module({ providers: [Ledger], exports: [Ledger] })
export class LedgerModule {}

/** Which accounts count as local, for clients that subscribe with `all_local_accounts`. */
@Injectable()
class OwnWallets extends NanoWallets {
  constructor(private readonly ledger: Ledger) {
    super();
  }

  has(account: string): boolean {
    return this.ledger.own.has(account);
  }
}

@Module({
  imports: [
    SluiceModule.forRoot(),
    LedgerModule,
    NanoModule.forRootAsync({
      imports: [LedgerModule],
      localWallets: OwnWallets,
      useFactory: () => ({ port: Number(process.env.NANO_PORT ?? 7078) }),
    }),
  ],
})
export class AppModule {}
