import { findAccount } from '../wire/index.js';

/**
 * The accounts in a list, in canonical form and each once. Members that are no accounts are skipped (contract 6.1.1).
 *
 * Texts of a request are cut out of it and would keep it in memory as long as the subscription lives; these are copies.
 */
export function readAccounts(members: readonly string[]): ReadonlySet<string> {
  const accounts = new Set<string>();
  for (const member of members) {
    const account = findAccount(member);
    if (account !== undefined) accounts.add(Buffer.from(account, 'latin1').toString('latin1'));
  }
  return accounts;
}
