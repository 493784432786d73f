import type { TopicFilter } from '@sluice/engine';
import type { AddressHistoryMessage } from '../wallet-messages.js';

/** A connection begins without addresses; they are added to its subscription one by one. */
export class AddressFilter implements TopicFilter<AddressHistoryMessage, undefined> {
  subscriptionKeys(): readonly string[] {
    return [];
  }

  eventKeys({ address }: AddressHistoryMessage): readonly string[] {
    return [address];
  }
}
