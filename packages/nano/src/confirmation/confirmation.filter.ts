import { Injectable } from '@nestjs/common';
import type { TopicFilter } from '@sluice/engine';
import type { BlockConfirmed } from '../events/block-events.js';
import { LocalAccounts } from '../wallets/local-accounts.js';
import { formName } from './confirmation-form.js';
import { recordKeys, viewKeys } from './confirmation-keys.js';
import type { ConfirmationRecord } from './confirmation-record.js';
import type { ConfirmationView } from './confirmation-view.js';
import { CurrentConfirmation } from './current-confirmation.js';

/** Which confirmations reach a subscription (contract 6.1.2, 6.1.3). */
@Injectable()
export class ConfirmationFilter implements TopicFilter<BlockConfirmed, ConfirmationRecord> {
  constructor(
    private readonly current: CurrentConfirmation,
    private readonly local: LocalAccounts,
  ) {}

  subscriptionKeys(record: ConfirmationRecord): Iterable<string> | undefined {
    return recordKeys(record);
  }

  eventKeys(event: BlockConfirmed): readonly string[] {
    return this.keysOf(this.current.begin(event));
  }

  matches(event: BlockConfirmed, record: ConfirmationRecord): boolean {
    return this.passes(this.current.of(event), record);
  }

  variant({ form, resumed }: ConfirmationRecord): string {
    return resumed === undefined ? formName(form) : `${formName(form)},cursor`;
  }

  /** The answer for a stored confirmation: what index and predicate say together. */
  receives(
    view: ConfirmationView,
    record: ConfirmationRecord,
    keys: ReadonlySet<string> | undefined,
  ): boolean {
    const found = keys === undefined || this.keysOf(view).some((key) => keys.has(key));
    return found && this.passes(view, record);
  }

  private keysOf(view: ConfirmationView): readonly string[] {
    return viewKeys(view, (account) => this.local.has(account));
  }

  private passes(view: ConfirmationView, { types, conditions }: ConfirmationRecord): boolean {
    if (types?.has(view.type) === false) return false;
    if (conditions === undefined) return true;
    const { minimumAmount, subtypes } = conditions;
    return view.amount >= minimumAmount && subtypes?.has(view.subtype) !== false;
  }
}
