import type {
  ConfirmationType,
  ElectionResult,
  LegacyBlockFacts,
  StateBlockFacts,
} from '@sluice/nano';
import type { NanoMockEvent } from './chain-event.js';
import type { LedgerBlock } from './ledger/ledger-block.js';

export function blockUnconfirmed(block: LedgerBlock): NanoMockEvent {
  return { type: 'block.unconfirmed', data: { hash: block.hash, ...facts(block) } };
}

export function blockConfirmed(
  block: LedgerBlock,
  confirmationType: ConfirmationType,
  election: ElectionResult,
): NanoMockEvent {
  const { hash, amount, after, storedAt, received, destination } = block;
  const linkedAccount = destination ?? received?.from;
  return {
    type: 'block.confirmed',
    data: {
      account: after.account,
      amount,
      hash,
      confirmationType,
      election,
      sideband: { height: after.height, localTimestamp: storedAt },
      ...(linkedAccount !== undefined && { linkedAccount }),
      ...facts(block),
    },
  };
}

function facts({ block, kind }: LedgerBlock): StateBlockFacts | LegacyBlockFacts {
  return block.type === 'state' ? { block, subtype: kind } : { block };
}
