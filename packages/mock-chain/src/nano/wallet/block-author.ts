/**
 * Makes the blocks of the accounts whose keys are here: chooses what the caller leaves open, signs, does the work.
 */
import type { Block, UnsignedBlock } from '@sluice/nano/wire';
import { canonicalAccount, upperHex } from '@sluice/nano/wire';
import type { SeededRandom } from '../../random/seeded-random.js';
import { NanoChainError } from '../chain-error.js';
import type { Ledger } from '../ledger/ledger.js';
import type { LedgerAccount, Receivable } from '../ledger/ledger-block.js';
import { finishBlock } from './block-maker.js';
import { draftChange, draftEpoch, draftReceive, draftSend } from './draft-blocks.js';
import type { Keyring } from './keyring.js';
import type { ChangeOptions, EpochOptions, ReceiveOptions, SendOptions } from './wallet-actions.js';

export class BlockAuthor {
  constructor(
    private readonly ledger: Ledger,
    private readonly keys: Keyring,
    private readonly random: SeededRandom,
    private readonly workThreshold: bigint,
  ) {}

  send({ from, to, amount, legacy = false }: SendOptions): Block {
    const before =
      from === undefined
        ? this.payer(to, amount ?? 1n, legacy)
        : this.opened(canonicalAccount(from));
    const destination =
      to === undefined ? this.receiver(before.account, legacy) : canonicalAccount(to);
    const paid = amount ?? this.someOf(before.balance);
    if (paid > before.balance) {
      throw new NanoChainError(`${before.account} has ${before.balance} raw, not ${paid}`);
    }
    return this.finish(draftSend(before, destination, paid, legacy), before.account);
  }

  receive({ account, source, representative, legacy = false }: ReceiveOptions): Block {
    const receivable = this.receivable(account, source);
    const before = this.ledger.account(receivable.to);
    const chosen = representative ?? this.anyRepresentative();
    const draft = draftReceive(before, receivable, chosen, legacy);
    return this.finish(draft, receivable.to);
  }

  change({ account, representative, legacy = false }: ChangeOptions): Block {
    const before = this.openedOr(account, this.walletAccounts(legacy));
    const chosen =
      representative === undefined
        ? this.anyRepresentative(before.representative)
        : canonicalAccount(representative, 'representative');
    return this.finish(draftChange(before, chosen, legacy), before.account);
  }

  epoch({ account, epoch }: EpochOptions): Block {
    const before = this.openedOr(
      account,
      this.walletAccounts(false).filter(({ epoch: reached }) => reached < 2),
    );
    const next = epoch ?? (before.epoch === 0 ? 1 : 2);
    return this.finish(draftEpoch(before, next), this.keys.genesis);
  }

  /** Signs with the key of an account. @throws NanoChainError if it is not here. */
  finish(draft: UnsignedBlock, signer: string): Block {
    return finishBlock(draft, this.keys.secretKey(signer), this.workThreshold);
  }

  private receivable(account: string | undefined, source: string | undefined): Receivable {
    const owner = account === undefined ? undefined : canonicalAccount(account);
    const found =
      source === undefined
        ? this.ledger.receivables.oldestFor((to) =>
            owner === undefined ? this.keys.has(to) : to === owner,
          )
        : this.ledger.receivables.get(upperHex(source, 32, 'source'));
    if (found === undefined || (owner !== undefined && found.to !== owner)) {
      throw new NanoChainError('Nothing confirmed waits to be received');
    }
    return found;
  }

  private payer(to: string | undefined, amount: bigint, legacy: boolean): LedgerAccount {
    const payee = to === undefined ? undefined : canonicalAccount(to);
    const able = this.walletAccounts(legacy).filter(
      ({ account, balance }) => account !== payee && balance >= amount,
    );
    return this.pick(able) ?? this.opened(this.keys.genesis);
  }

  private receiver(payer: string, legacy: boolean): string {
    const accounts = legacy ? this.keys.legacyAccounts : this.keys.stateAccounts;
    return this.pick(accounts.filter((account) => account !== payer)) ?? this.keys.genesis;
  }

  /** Up to a tenth of a balance, and at least something of it. */
  private someOf(balance: bigint): bigint {
    const share = BigInt(this.random.between(1, 1_000_000));
    const some = (balance * share) / 10_000_000n;
    return some > 0n ? some : balance;
  }

  private anyRepresentative(except?: string): string {
    const { accounts } = this.keys.representatives;
    return this.pick(accounts.filter((account) => account !== except)) ?? this.keys.genesis;
  }

  private walletAccounts(legacy: boolean): LedgerAccount[] {
    const accounts = legacy ? this.keys.legacyAccounts : this.keys.stateAccounts;
    return accounts.flatMap((account) => this.ledger.account(account) ?? []);
  }

  private openedOr(account: string | undefined, choice: readonly LedgerAccount[]): LedgerAccount {
    if (account !== undefined) return this.opened(canonicalAccount(account));
    const chosen = this.pick(choice);
    if (chosen === undefined) throw new NanoChainError('No account of the wallet can do that');
    return chosen;
  }

  private opened(account: string): LedgerAccount {
    const found = this.ledger.account(account);
    if (found === undefined) throw new NanoChainError(`${account} has no block yet`);
    return found;
  }

  private pick<T>(choice: readonly T[]): T | undefined {
    return choice[this.random.below(choice.length)];
  }
}
