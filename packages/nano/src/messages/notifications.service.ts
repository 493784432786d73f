import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@sluice/engine';
import { CLOCK } from '@sluice/nestjs';
import type { ConfirmationRecord } from '../confirmation/confirmation-record.js';
import type { ConfirmationView } from '../confirmation/confirmation-view.js';
import { ConfirmationJournal } from '../resume/confirmation-journal.service.js';
import type { NanoTopic } from '../topics/nano-topics.js';

/** A message that a topic sends (contract 5.1). */
export interface Notification {
  readonly topic: NanoTopic;
  /** When the message was built, Unix milliseconds. */
  readonly time: string;
  /** Extension `resume`: position of a confirmation, for subscriptions that asked for it. */
  readonly cursor?: string;
  /** `new_unconfirmed_block` only. */
  readonly hash?: string;
  readonly message: object;
}

/** Puts messages into their envelopes. */
@Injectable()
export class Notifications {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly journal: ConfirmationJournal,
  ) {}

  /** @param beside members between `time` and `message`. */
  build(
    topic: NanoTopic,
    message: object,
    beside: Pick<Notification, 'cursor' | 'hash'> = {},
  ): Notification {
    return { topic, time: String(this.clock.now()), ...beside, message };
  }

  /** @param id number of the confirmation in the log; for subscriptions that are resumed. */
  confirmation(
    view: ConfirmationView,
    { form, resumed }: ConfirmationRecord,
    id: number = this.journal.current,
  ): Notification {
    const beside = resumed === undefined ? {} : { cursor: this.journal.cursor(id) };
    return this.build('confirmation', view.message(form), beside);
  }
}
