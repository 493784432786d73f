import { setImmediate as turn } from 'node:timers/promises';
import type { SkippedMembers } from './filter-log.service.js';
import { findAccount } from '../wire/index.js';

/** A checksum takes some microseconds: so many are done within a few milliseconds. */
const ACCOUNTS_PER_TURN = 500;

/**
 * The accounts in a list, in canonical form and each once. Members that are no accounts are skipped (contract 6.1.1). A long
 * list is read over several turns of the event loop, so that nobody else waits for it.
 *
 * Texts of a request are cut out of it and would keep it in memory as long as the subscription lives; these are copies.
 *
 * @param skipped hears of those that are skipped, if there are any.
 */
export async function readAccounts(
  members: readonly string[],
  skipped?: SkippedMembers,
): Promise<ReadonlySet<string>> {
  const accounts = new Set<string>();
  let first: string | undefined;
  let strangers = 0;
  for (const [index, member] of members.entries()) {
    if (index % ACCOUNTS_PER_TURN === ACCOUNTS_PER_TURN - 1) await turn();
    const account = findAccount(member);
    if (account !== undefined) accounts.add(Buffer.from(account, 'latin1').toString('latin1'));
    else {
      first ??= member;
      strangers++;
    }
  }
  if (first !== undefined) skipped?.(first, strangers);
  return accounts;
}
