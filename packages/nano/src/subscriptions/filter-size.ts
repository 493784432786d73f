import type { Subscription } from '@sluice/engine';
import { SluiceError } from '@sluice/engine';

/** Accounts that a subscription may filter by, unless `NanoModule` is told otherwise. A node has no limit. */
const MAX_FILTER_ACCOUNTS = 1_000_000;

/**
 * An update may add as many accounts as a message has room for, again and again: somewhere that has to end.
 *
 * @throws SluiceError `LIMIT` if the subscription is filed under more accounts than `most`.
 */
export function checkFilterSize({ keys }: Subscription, most = MAX_FILTER_ACCOUNTS): void {
  // Types are keys as well, but there is no need to count as long as all keys together are few.
  if (keys === undefined || keys.size <= most) return;
  let accounts = 0;
  for (const key of keys) if (key.startsWith('nano_')) accounts++;
  if (accounts <= most) return;
  throw new SluiceError('LIMIT', `More than ${most} accounts in a filter`);
}
