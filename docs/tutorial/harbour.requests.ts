import type { TopicFilter } from '@sluice/engine';
import { ArrayMaxSize, IsString } from 'class-validator';
import type { Payment } from './harbour.events.js';

/** `{ "type": "watch", "accounts": ["alice"] }`; an empty list watches nothing. */
export class WatchRequest {
  @IsString({ each: true })
  @ArrayMaxSize(1000)
  readonly accounts!: string[];
}

/** Subscriptions are filed under their accounts: a payment costs those who watch one of its two. */
export class AccountFilter implements TopicFilter<Payment, WatchRequest> {
  subscriptionKeys({ accounts }: WatchRequest): string[] {
    return accounts;
  }

  eventKeys({ from, to }: Payment): string[] {
    return [from, to];
  }
}
