import { readList, readText } from '../reading/read-members.js';
import type { TextTree } from '../reading/text-tree.js';
import type { BlockSubtype } from '../wire/index.js';

/** Extension: what a confirmation must be, besides its type and accounts. */
export interface ConfirmationConditions {
  /** Raw. */
  readonly minimumAmount: bigint;
  /** undefined: all of them. */
  readonly subtypes: ReadonlySet<BlockSubtype> | undefined;
}

const SUBTYPES: readonly BlockSubtype[] = ['send', 'receive', 'change', 'epoch'];

/** `minimum_amount` and `subtypes`; undefined if the options have neither. What is unreadable counts as absent. */
export function readConditions(options: TextTree): ConfirmationConditions | undefined {
  const amount = readText(options, 'minimum_amount');
  const names = readList(options, 'subtypes');
  const minimumAmount = /^[0-9]{1,39}$/.test(amount) ? BigInt(amount) : 0n;
  const subtypes = names && new Set(SUBTYPES.filter((subtype) => names.includes(subtype)));
  if (minimumAmount === 0n && subtypes === undefined) return undefined;
  return { minimumAmount, subtypes };
}
