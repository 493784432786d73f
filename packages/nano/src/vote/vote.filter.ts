import type { TopicFilter } from '@sluice/engine';
import type { VoteProcessed } from '../events/vote-events.js';
import { canonicalAccount } from '../wire/index.js';
import type { VoteRecord } from './vote-record.js';

/** Subscriptions are filed under their representatives, or else under the types they want. */
export class VoteFilter implements TopicFilter<VoteProcessed, VoteRecord> {
  subscriptionKeys({ types, representatives }: VoteRecord): Iterable<string> | undefined {
    return representatives ?? (types && [...types].map(typeKey));
  }

  eventKeys({ type, account }: VoteProcessed): readonly string[] {
    return [typeKey(type), canonicalAccount(account)];
  }

  matches({ type }: VoteProcessed, { types }: VoteRecord): boolean {
    return types?.has(type) !== false;
  }
}

function typeKey(type: string): string {
  return `type:${type}`;
}
