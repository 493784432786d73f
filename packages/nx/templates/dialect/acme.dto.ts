import { IsIn } from 'class-validator';

/** Topics that clients may name (PROTOCOL.md 2). */
export const ACME_TOPICS = ['blocks'] as const;

/** `{ "type": "subscribe", "topic": "blocks" }`, and the same to unsubscribe. */
export class AcmeSubscription {
  @IsIn(ACME_TOPICS)
  readonly topic!: (typeof ACME_TOPICS)[number];
}
