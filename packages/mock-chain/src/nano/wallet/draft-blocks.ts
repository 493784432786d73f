import type { UnsignedBlock } from '@sluice/nano/wire';
import { accountKey, epochLink, ZERO_BYTES32 } from '@sluice/nano/wire';
import type { LedgerAccount, Receivable } from '../ledger/ledger-block.js';

/** A block that pays an account. */
export function draftSend(
  before: LedgerAccount,
  destination: string,
  amount: bigint,
  legacy: boolean,
): UnsignedBlock {
  const balance = before.balance - amount;
  return legacy
    ? { type: 'send', previous: before.head, destination, balance }
    : { ...stateBlock(before), balance, link: accountKey(destination) };
}

/**
 * A block that receives a send.
 *
 * @param representative for the first block of an account, which has to choose one.
 */
export function draftReceive(
  before: LedgerAccount | undefined,
  { source, to, amount }: Receivable,
  representative: string,
  legacy: boolean,
): UnsignedBlock {
  if (legacy) {
    return before === undefined
      ? { type: 'open', source, representative, account: to }
      : { type: 'receive', previous: before.head, source };
  }
  const opening = {
    type: 'state',
    account: to,
    previous: ZERO_BYTES32,
    representative,
    balance: amount,
    link: source,
  } as const;
  return before === undefined
    ? opening
    : { ...stateBlock(before), balance: before.balance + amount, link: source };
}

/** A block that chooses a representative. */
export function draftChange(
  before: LedgerAccount,
  representative: string,
  legacy: boolean,
): UnsignedBlock {
  return legacy
    ? { type: 'change', previous: before.head, representative }
    : { ...stateBlock(before), representative };
}

/** A block that lifts an account to an epoch, to be signed by the epoch signer. */
export function draftEpoch(before: LedgerAccount, epoch: 1 | 2): UnsignedBlock {
  return { ...stateBlock(before), link: epochLink(epoch) };
}

function stateBlock(before: LedgerAccount) {
  return {
    type: 'state',
    account: before.account,
    previous: before.head,
    representative: before.representative,
    balance: before.balance,
    link: ZERO_BYTES32,
  } as const;
}
