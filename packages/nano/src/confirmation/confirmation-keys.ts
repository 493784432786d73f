/**
 * Index keys of confirmations: an event costs the subscriptions that receive it, whatever they filter by. While an account
 * filter is off a subscription is filed under the types it wants, while it is on under its accounts.
 */
import type { ConfirmationType } from '../events/block-events.js';
import type { ConfirmationRecord } from './confirmation-record.js';
import { SELECTABLE_TYPES } from './confirmation-record.js';
import type { ConfirmationView } from './confirmation-view.js';

const LOCAL_KEY = 'local';
const TYPE_KEYS: readonly string[] = SELECTABLE_TYPES.map(typeKey);

/** Keys of a new subscription; undefined: it receives everything. */
export function recordKeys({
  types,
  filter,
  form,
}: ConfirmationRecord): Iterable<string> | undefined {
  if (filter === undefined) return types && [...types].map(typeKey);
  // The account test looks at the message as it is built: without a block nothing passes (contract 6.1.3).
  if (!form.block) return [];
  return filter.local ? [...filter.accounts, LOCAL_KEY] : filter.accounts;
}

/** Keys of an event. Legacy blocks never pass an account filter, so they have no accounts here. */
export function viewKeys(
  { type, account, link }: ConfirmationView,
  isLocal: (account: string) => boolean,
): readonly string[] {
  if (link === undefined) return [typeKey(type)];
  const keys = [typeKey(type), account, link];
  if (isLocal(account) || isLocal(link)) keys.push(LOCAL_KEY);
  return keys;
}

/** What an update changes. It switches the account filter on, so the subscription goes by its accounts from then on. */
export function updatedKeys(
  { form }: ConfirmationRecord,
  add: ReadonlySet<string>,
  remove: ReadonlySet<string>,
): { readonly add: Iterable<string>; readonly remove: Iterable<string> } {
  return { add: form.block ? add : [], remove: [...remove, ...TYPE_KEYS] };
}

function typeKey(type: ConfirmationType): string {
  return `type:${type}`;
}
