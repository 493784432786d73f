/** What a subscription to `vote` asks for (contract 6.2). */
import type { VoteType } from '../events/vote-events.js';
import type { NanoCompat } from '../nano.options.js';
import type { FilterLog } from '../reading/filter-log.service.js';
import { readAccounts } from '../reading/read-accounts.js';
import { readBoolean, readList } from '../reading/read-members.js';
import type { TextTree } from '../reading/text-tree.js';

/** A subscription's wishes. */
export interface VoteRecord {
  /** Types that pass; undefined: all of them. */
  readonly types: ReadonlySet<VoteType> | undefined;
  /** Canonical texts of those whose votes pass; undefined: everybody's do. */
  readonly representatives: ReadonlySet<string> | undefined;
}

/** Types that no option holds back. */
const ALWAYS: readonly VoteType[] = ['vote', 'ignored', 'late'];

/** Difference D2: a plain subscription filters nothing on a node, by the guide it has the defaults of the options. */
export function plainVotes(compat: NanoCompat): VoteRecord {
  return {
    types: compat === 'published' ? new Set(ALWAYS) : undefined,
    representatives: undefined,
  };
}

/** The record of an `options` member that is present, whatever is in it. */
export async function readVoteOptions(options: TextTree, log: FilterLog): Promise<VoteRecord> {
  const types = new Set(ALWAYS);
  if (readBoolean(options, 'include_replays') === true) types.add('replay');
  if (readBoolean(options, 'include_indeterminate') === true) types.add('indeterminate');
  const list = readList(options, 'representatives');
  const representatives = await readAccounts(list ?? [], log.skippedRepresentatives);
  // A list without a valid member is ignored, unlike that of `confirmation`.
  if (list !== undefined && representatives.size === 0) log.ignoredVoteFilter();
  return { types, representatives: representatives.size === 0 ? undefined : representatives };
}
