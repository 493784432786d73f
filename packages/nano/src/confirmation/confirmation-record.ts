/** What a subscription to `confirmation` asks for (contract 6.1.1, 6.1.4). */
import type { ConfirmationType } from '../events/block-events.js';
import type { NanoCompat } from '../nano.options.js';
import type { ResumedConfirmations } from '../resume/resumed-confirmations.js';
import type { FilterLog } from '../reading/filter-log.service.js';
import { readAccounts } from '../reading/read-accounts.js';
import { readBoolean, readList, readText } from '../reading/read-members.js';
import { childrenOf, type TextTree } from '../reading/text-tree.js';
import { readConditions, type ConfirmationConditions } from './confirmation-conditions.js';
import { PLAIN_FORM, readForm, type ConfirmationForm } from './confirmation-form.js';

/** The set of accounts whose blocks pass, while an account filter is on. */
export interface AccountFilter {
  /** Canonical texts, as they were when the filter was switched on. */
  readonly accounts: ReadonlySet<string>;
  /** Whether blocks of local accounts pass too. */
  readonly local: boolean;
}

/** A subscription's wishes. */
export interface ConfirmationRecord {
  /** Types that pass; undefined: all of them, also `unknown`. */
  readonly types: ReadonlySet<ConfirmationType> | undefined;
  /** undefined: the filter is off, every account passes. */
  readonly filter: AccountFilter | undefined;
  readonly form: ConfirmationForm;
  /** Whether an update may change the accounts. */
  readonly updatable: boolean;
  /** Extension: undefined without. */
  readonly conditions?: ConfirmationConditions | undefined;
  /** Extension: who brings the messages, if not the topic itself. */
  readonly resumed?: ResumedConfirmations | undefined;
}

/** What options mean to this server. */
export interface ConfirmationRules {
  readonly compat: NanoCompat;
  /** Whether the extension of that name is on. */
  readonly conditions: boolean;
  readonly log: FilterLog;
}

/** A subscription without options: filters nothing and cannot be updated. */
export const PLAIN_CONFIRMATIONS: ConfirmationRecord = {
  types: undefined,
  filter: undefined,
  form: PLAIN_FORM,
  updatable: false,
};

const TYPES_BY_NAME: ReadonlyMap<string, readonly ConfirmationType[]> = new Map([
  ['active', ['active_quorum', 'active_confirmation_height']],
  ['active_quorum', ['active_quorum']],
  ['active_confirmation_height', ['active_confirmation_height']],
  ['inactive', ['inactive']],
]);

/** Types that options can select. */
export const SELECTABLE_TYPES: readonly ConfirmationType[] = [
  'active_quorum',
  'active_confirmation_height',
  'inactive',
];

/** The record of an `options` member that is present, whatever is in it. */
export async function readConfirmationOptions(
  options: TextTree,
  { compat, conditions, log }: ConfirmationRules,
): Promise<ConfirmationRecord> {
  const type = readText(options, 'confirmation_type').toLowerCase();
  const form = readForm(options);
  const filter = await readFilter(options, compat, log);
  if (filter !== undefined) {
    log.blockFilter({ block: form.block, empty: !filter.local && filter.accounts.size === 0 });
  }
  return {
    types: new Set(TYPES_BY_NAME.get(type) ?? SELECTABLE_TYPES),
    filter,
    form,
    updatable: true,
    conditions: conditions ? readConditions(options) : undefined,
  };
}

async function readFilter(
  options: TextTree,
  compat: NanoCompat,
  log: FilterLog,
): Promise<AccountFilter | undefined> {
  const local = readBoolean(options, 'all_local_accounts');
  const accounts = readList(options, 'accounts');
  // Difference D1: by the guide, options with nothing in them let nothing through.
  const blocked = compat === 'published' && childrenOf(options).length === 0;
  if (local === undefined && accounts === undefined && !blocked) return undefined;
  return {
    accounts: await readAccounts(accounts ?? [], log.skippedAccounts),
    local: local ?? false,
  };
}
