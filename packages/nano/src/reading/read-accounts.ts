import { canonicalAccount, WireError } from '../wire/index.js';

/**
 * The accounts in a list, in canonical form and each once. Members that are no accounts are skipped (contract 6.1.1).
 *
 * Texts of a request are cut out of it and would keep it in memory as long as the subscription lives; these are copies.
 */
export function readAccounts(members: readonly string[]): ReadonlySet<string> {
  const accounts = new Set<string>();
  for (const member of members) {
    const account = readAccount(member);
    if (account !== undefined) accounts.add(Buffer.from(account, 'latin1').toString('latin1'));
  }
  return accounts;
}

function readAccount(text: string): string | undefined {
  try {
    return canonicalAccount(text);
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}
