/**
 * What a block does to its account, if the rules of the ledger allow it. State blocks say what the account looks like after them, so
 * they are compared with what it looked like before; legacy blocks say what happens.
 */
import type {
  Block,
  ChangeBlock,
  OpenBlock,
  ReceiveBlock,
  SendBlock,
  StateBlock,
} from '@sluice/nano/wire';
import {
  blockSubtype,
  canonicalAccount,
  encodeAccount,
  epochOfLink,
  bytesOf,
  upperHex,
  ZERO_BYTES32,
} from '@sluice/nano/wire';
import type { LedgerAccount, LedgerBlock, Receivable } from './ledger-block.js';
import { requireRule } from './block-refused.error.js';

/** What the rules have to know. */
export interface RuleContext {
  readonly hash: string;
  /** The account before the block; absent for its first block. */
  readonly before: LedgerAccount | undefined;
  /** A send that is confirmed and not received. */
  receivable(source: string): Receivable | undefined;
  /** Whether a block is known, received or not. */
  isKnown(hash: string): boolean;
}

/** What a block does. */
export type BlockEffect = Pick<
  LedgerBlock,
  'after' | 'kind' | 'amount' | 'received' | 'destination'
>;

const BURN_ACCOUNT = encodeAccount(ZERO_BYTES32);

/** @throws BlockRefusedError */
export function effectOf(block: Block, context: RuleContext): BlockEffect {
  switch (block.type) {
    case 'state':
      return stateEffect(block, context);
    case 'send':
      return legacySend(block, context);
    case 'receive':
      return legacyReceive(block, context);
    case 'open':
      return legacyOpen(block, context);
    case 'change':
      return legacyChange(block, context);
  }
}

function stateEffect(block: StateBlock, context: RuleContext): BlockEffect {
  const { before } = context;
  const previousBalance = before?.balance ?? 0n;
  const account = canonicalAccount(block.account);
  const after = {
    account,
    head: context.hash,
    height: (before?.height ?? 0) + 1,
    balance: block.balance,
    representative: canonicalAccount(block.representative),
    epoch: before?.epoch ?? 0,
    legacy: false,
  };
  const kind = blockSubtype(block, previousBalance);
  switch (kind) {
    case 'send':
      return {
        after,
        kind,
        amount: previousBalance - block.balance,
        destination: encodeAccount(bytesOf(block.link, 32, 'link')),
      };
    case 'receive': {
      const received = receivableFor(account, upperHex(block.link, 32, 'link'), context);
      requireRule(
        block.balance - previousBalance === received.amount,
        'balance_mismatch',
        'the balance does not rise by what is received',
      );
      const epoch = received.epoch > after.epoch ? received.epoch : after.epoch;
      return { after: { ...after, epoch }, kind, amount: received.amount, received };
    }
    case 'change':
      requireRule(before !== undefined, 'gap_source', 'a first block receives');
      requireRule(block.balance === before.balance, 'gap_source', 'the link is zero');
      return { after, kind, amount: 0n };
    case 'epoch':
      return { after: epochAfter(block, after, before), kind, amount: 0n };
  }
}

function epochAfter(
  block: StateBlock,
  after: LedgerAccount,
  before: LedgerAccount | undefined,
): LedgerAccount {
  const epoch = epochOfLink(block.link);
  requireRule(before !== undefined, 'gap_previous', 'an epoch needs an open account');
  requireRule(block.balance === before.balance, 'balance_mismatch', 'an epoch moves nothing');
  requireRule(
    after.representative === before.representative,
    'representative_mismatch',
    'an epoch keeps the representative',
  );
  requireRule(
    epoch !== undefined && epoch === before.epoch + 1,
    'block_position',
    `an account of epoch ${before.epoch} does not go to epoch ${String(epoch)}`,
  );
  return { ...after, epoch };
}

function legacySend(block: SendBlock, context: RuleContext): BlockEffect {
  const before = legacyBefore(context);
  requireRule(block.balance <= before.balance, 'negative_spend', 'the balance would rise');
  return {
    after: { ...next(before, context), balance: block.balance },
    kind: 'send',
    amount: before.balance - block.balance,
    destination: canonicalAccount(block.destination),
  };
}

function legacyReceive(block: ReceiveBlock, context: RuleContext): BlockEffect {
  const before = legacyBefore(context);
  const received = legacyReceivable(before.account, block.source, context);
  return {
    after: { ...next(before, context), balance: before.balance + received.amount },
    kind: 'receive',
    amount: received.amount,
    received,
  };
}

function legacyOpen(block: OpenBlock, context: RuleContext): BlockEffect {
  const account = canonicalAccount(block.account);
  requireRule(account !== BURN_ACCOUNT, 'opened_burn_account', 'nobody has its key');
  const received = legacyReceivable(account, block.source, context);
  return {
    after: {
      account,
      head: context.hash,
      height: 1,
      balance: received.amount,
      representative: canonicalAccount(block.representative),
      epoch: 0,
      legacy: true,
    },
    kind: 'receive',
    amount: received.amount,
    received,
  };
}

function legacyChange(block: ChangeBlock, context: RuleContext): BlockEffect {
  const representative = canonicalAccount(block.representative);
  return {
    after: { ...next(legacyBefore(context), context), representative },
    kind: 'change',
    amount: 0n,
  };
}

function next(before: LedgerAccount, { hash }: RuleContext): LedgerAccount {
  return { ...before, head: hash, height: before.height + 1 };
}

function legacyBefore({ before }: RuleContext): LedgerAccount {
  requireRule(before?.legacy === true, 'block_position', 'a legacy block after a state block');
  return before;
}

function legacyReceivable(
  account: string,
  source: ReceiveBlock['source'],
  context: RuleContext,
): Receivable {
  const received = receivableFor(account, upperHex(source, 32, 'source'), context);
  requireRule(received.epoch === 0, 'unreceivable', 'only a state block receives from an epoch');
  return received;
}

function receivableFor(account: string, source: string, context: RuleContext): Receivable {
  requireRule(account !== BURN_ACCOUNT, 'opened_burn_account', 'nobody has its key');
  const found = context.receivable(source);
  if (found === undefined) {
    requireRule(context.isKnown(source), 'gap_source', `${source} is not known`);
  }
  requireRule(
    found?.to === account,
    'unreceivable',
    `${source} does not wait for ${account}, or is not confirmed`,
  );
  return found;
}
