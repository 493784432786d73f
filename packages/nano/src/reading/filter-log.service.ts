import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@sluice/engine';
import { CLOCK, FaultLog } from '@sluice/nestjs';

/** Hears of the members of one list that are no accounts: the first of them, and how many there are. */
export type SkippedMembers = (first: string, count: number) => void;

/**
 * Writes down where a filter is not what its client may think: nobody tells the client (contract 3.3, 5.3). Debug lines, as
 * all faults of clients.
 */
@Injectable()
export class FilterLog {
  private readonly log: FaultLog;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.log = new FaultLog('NanoFilters', clock);
  }

  /** For lists of accounts, whose members that are none are skipped (contract 6.1.1). */
  readonly skippedAccounts: SkippedMembers = (first, count) => {
    this.log.client(`Invalid account in a block filter: ${told(first, count)}`);
  };

  /** For lists of representatives, likewise (contract 6.2). */
  readonly skippedRepresentatives: SkippedMembers = (first, count) => {
    this.log.client(`Invalid account in a vote filter: ${told(first, count)}`);
  };

  /** An account filter was switched on; some of them let nothing through (contract 6.1.3). */
  blockFilter({ block, empty }: { readonly block: boolean; readonly empty: boolean }): void {
    if (!block) this.log.client('A block filter with include_block off: nothing passes');
    else if (empty) this.log.client('A block filter without an account: nothing passes');
  }

  /** A list of representatives without a valid member is as none (contract 6.2). */
  ignoredVoteFilter(): void {
    this.log.client('A vote filter without a valid account: it is ignored');
  }
}

function told(first: string, count: number): string {
  return count === 1 ? first : `${first}, and ${String(count - 1)} more`;
}
