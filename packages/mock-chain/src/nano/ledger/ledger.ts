/**
 * The block lattice: a chain of blocks for each account, linked by sends and receives. A block is examined, accepted, and then either
 * confirmed for good or rolled back. Only confirmed sends can be received, so that a rollback never touches another account.
 */
import type { Block, OpenBlock } from '@sluice/nano/wire';
import {
  blockHash,
  blockSubtype,
  canonicalAccount,
  hex64,
  isSignedBy,
  isWorkEnough,
  upperHex,
  workRoot,
} from '@sluice/nano/wire';
import { NanoChainError } from '../chain-error.js';
import { BlockRefusedError, requireRule } from './block-refused.error.js';
import { effectOf } from './block-rules.js';
import type { LedgerAccount, LedgerBlock, Receivable } from './ledger-block.js';
import { Receivables } from './receivables.js';
import { RecentBlocks } from './recent-blocks.js';
import { RepresentativeWeights } from './representative-weights.js';

/** What a ledger is kept by. */
export interface LedgerRules {
  /** Least difficulty of a block's work. */
  readonly workThreshold: bigint;
  /** Who signs epoch blocks. */
  readonly epochSigner: string;
  readonly maxAccounts: number;
  readonly maxUnconfirmed: number;
  readonly maxReceivables: number;
  readonly maxHistory: number;
}

const ZERO_HASH = '0'.repeat(64);

export class Ledger {
  readonly weights = new RepresentativeWeights();
  readonly receivables: Receivables;
  private readonly accounts = new Map<string, LedgerAccount>();
  private readonly accountByHead = new Map<string, string>();
  private readonly blocks: RecentBlocks;
  private count = 0;
  private cemented = 0;

  constructor(private readonly rules: LedgerRules) {
    this.receivables = new Receivables(rules.maxReceivables);
    this.blocks = new RecentBlocks(rules.maxHistory);
  }

  /** Begins with a first block that receives `balance` from nowhere, and is confirmed. */
  found(block: OpenBlock, balance: bigint, storedAt: number): LedgerBlock {
    const hash = blockHash(block);
    const after: LedgerAccount = {
      account: canonicalAccount(block.account),
      head: hash,
      height: 1,
      balance,
      representative: canonicalAccount(block.representative),
      epoch: 0,
      legacy: true,
    };
    const genesis = { block, hash, after, kind: 'receive', amount: balance, storedAt } as const;
    this.accept(genesis);
    this.cement(hash);
    return genesis;
  }

  get blockCount(): number {
    return this.count;
  }

  get cementedCount(): number {
    return this.cemented;
  }

  get accountCount(): number {
    return this.accounts.size;
  }

  account(account: string): LedgerAccount | undefined {
    return this.accounts.get(account);
  }

  /** A block that is not confirmed, or one of the newest that are. */
  block(hash: string): LedgerBlock | undefined {
    return this.blocks.get(hash);
  }

  isUnconfirmed(hash: string): boolean {
    return this.blocks.isUnconfirmed(hash);
  }

  /** Hashes of the blocks that are not confirmed, oldest first. */
  unconfirmed(): readonly string[] {
    return this.blocks.unconfirmedHashes();
  }

  /** The unconfirmed block that has the place of another one: at the end of its chain, after the same block. */
  rivalOf(block: Block): LedgerBlock | undefined {
    const previous = previousOf(block);
    const isRival = (head: LedgerBlock | undefined): head is LedgerBlock =>
      head !== undefined && (head.before?.head ?? ZERO_HASH) === previous;
    if (block.type === 'state' || block.type === 'open') {
      const head = this.headOf(this.accounts.get(canonicalAccount(block.account)));
      return isRival(head) ? head : undefined;
    }
    return this.blocks
      .unconfirmedHashes()
      .map((hash) => this.headOf(this.blocks.get(hash)?.after))
      .find(isRival);
  }

  /**
   * What a block would do. Nothing changes.
   *
   * @param storedAt Unix seconds
   * @param instead an unconfirmed block whose place it would take.
   * @throws BlockRefusedError
   */
  examine(block: Block, storedAt: number, instead?: LedgerBlock): LedgerBlock {
    const hash = blockHash(block);
    requireRule(this.blocks.get(hash) === undefined, 'old', `${hash} is known`);
    const before = instead === undefined ? this.accountBefore(block) : instead.before;
    requireRule(
      isWorkEnough(workRoot(block), block.work, this.rules.workThreshold),
      'insufficient_work',
      `less than ${hex64(this.rules.workThreshold, 'workThreshold')}`,
    );
    const signer = this.signerOf(block, before);
    requireRule(isSignedBy(hash, block.signature, signer), 'bad_signature', `not by ${signer}`);
    const effect = effectOf(block, {
      hash,
      before,
      receivable: (source) => this.receivable(source, instead),
      isKnown: (source) => this.blocks.get(source) !== undefined,
    });
    return { block, hash, storedAt, ...(before && { before }), ...effect };
  }

  /**
   * Puts an examined block at the end of its chain.
   *
   * @throws NanoChainError if the chain is full.
   */
  accept(block: LedgerBlock): void {
    const { maxAccounts, maxUnconfirmed } = this.rules;
    if (block.before === undefined && this.accounts.size >= maxAccounts) {
      throw new NanoChainError(`There are ${maxAccounts} accounts, which is the limit`);
    }
    if (this.blocks.unconfirmedCount >= maxUnconfirmed) {
      throw new NanoChainError(`${maxUnconfirmed} blocks wait for confirmation: confirm some`);
    }
    this.blocks.add(block);
    this.replaceAccount(block.before, block.after);
    if (block.received !== undefined) this.receivables.remove(block.received);
    this.count++;
  }

  /** Takes back the newest block of an account, which is not confirmed. */
  rollback(block: LedgerBlock): void {
    this.blocks.remove(block);
    this.replaceAccount(block.after, block.before);
    if (block.received !== undefined) this.receivables.add(block.received);
    this.count--;
  }

  /** Confirms a block and those before it on its chain. @returns the newly confirmed ones, oldest first. */
  cement(hash: string): readonly LedgerBlock[] {
    const path: LedgerBlock[] = [];
    for (let at: string | undefined = hash; at !== undefined && this.isUnconfirmed(at);) {
      const block = this.blocks.get(at);
      if (block !== undefined) path.unshift(block);
      at = block?.before?.head;
    }
    for (const block of path) this.cementOne(block);
    return path;
  }

  private cementOne(block: LedgerBlock): void {
    this.blocks.confirm(block);
    this.cemented++;
    const { hash, destination, amount, after } = block;
    if (destination !== undefined) {
      const { account: from, epoch } = after;
      this.receivables.add({ source: hash, from, to: destination, amount, epoch });
    }
  }

  private headOf(account: LedgerAccount | undefined): LedgerBlock | undefined {
    return account !== undefined && this.isUnconfirmed(account.head)
      ? this.blocks.get(account.head)
      : undefined;
  }

  private accountBefore(block: Block): LedgerAccount | undefined {
    const previous = previousOf(block);
    if (previous === ZERO_HASH) {
      const account =
        'account' in block ? this.accounts.get(canonicalAccount(block.account)) : undefined;
      requireRule(account === undefined, 'fork', 'the account has a first block');
      return undefined;
    }
    const before = this.accounts.get(this.accountByHead.get(previous) ?? '');
    if (before === undefined) {
      throw this.blocks.get(previous) === undefined
        ? new BlockRefusedError('gap_previous', `${previous} is not known`)
        : new BlockRefusedError('fork', `${previous} has a successor`);
    }
    if (block.type === 'state') {
      const isOwn = canonicalAccount(block.account) === before.account;
      requireRule(isOwn, 'gap_previous', `${previous} is on another account's chain`);
    }
    return before;
  }

  private signerOf(block: Block, before: LedgerAccount | undefined): string {
    if (block.type === 'state') {
      const isEpoch = blockSubtype(block, before?.balance ?? 0n) === 'epoch';
      return isEpoch ? this.rules.epochSigner : canonicalAccount(block.account);
    }
    return block.type === 'open' ? canonicalAccount(block.account) : (before?.account ?? '');
  }

  private receivable(source: string, instead: LedgerBlock | undefined): Receivable | undefined {
    const freed = instead?.received?.source === source ? instead.received : undefined;
    return freed ?? this.receivables.get(source);
  }

  private replaceAccount(
    before: LedgerAccount | undefined,
    after: LedgerAccount | undefined,
  ): void {
    this.weights.replace(before, after);
    if (before !== undefined) {
      this.accounts.delete(before.account);
      this.accountByHead.delete(before.head);
    }
    if (after !== undefined) {
      this.accounts.set(after.account, after);
      this.accountByHead.set(after.head, after.account);
    }
  }
}

function previousOf(block: Block): string {
  return block.type === 'open' ? ZERO_HASH : upperHex(block.previous, 32, 'previous');
}
