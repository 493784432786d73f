import type { OnModuleDestroy } from '@nestjs/common';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Metrics, Session, Subscription } from '@sluice/engine';
import { CountersBy, engineMetrics, SluiceError, textFrame } from '@sluice/engine';
import { METRICS } from '@sluice/nestjs';
import { updatedKeys } from '../confirmation/confirmation-keys.js';
import type { ConfirmationRecord, ConfirmationRules } from '../confirmation/confirmation-record.js';
import {
  PLAIN_CONFIRMATIONS,
  readConfirmationOptions,
} from '../confirmation/confirmation-record.js';
import { ConfirmationFilter } from '../confirmation/confirmation.filter.js';
import { Notifications } from '../messages/notifications.service.js';
import type { NanoOptions } from '../nano.options.js';
import { NANO_OPTIONS } from '../nano.tokens.js';
import { FilterLog } from '../reading/filter-log.service.js';
import { readAccounts } from '../reading/read-accounts.js';
import { readList, readText } from '../reading/read-members.js';
import type { TextTree } from '../reading/text-tree.js';
import { readResume } from '../resume/confirmation-cursor.js';
import { ConfirmationJournal } from '../resume/confirmation-journal.service.js';
import { ResumeFigures } from '../resume/resume-figures.js';
import type { ConfirmationSource } from '../resume/resumed-confirmations.js';
import { ResumedConfirmations } from '../resume/resumed-confirmations.js';
import { checkFilterSize } from './filter-size.js';

/** What an acknowledgement tells beyond the contract, about a subscription that is resumed. */
export interface ResumeAnswer {
  /** Where the subscription begins: the next confirmation is the one behind it. */
  readonly cursor?: string;
  /** Confirmations that the client asked for are not stored, or were stored elsewhere. */
  readonly gap?: 'true';
}

/** Subscriptions to `confirmation`: options, updates (contract 6.1.1, 6.1.4), and the extension `resume`. */
@Injectable()
export class ConfirmationSubscriptions implements OnModuleDestroy {
  private readonly logger = new Logger(ConfirmationSubscriptions.name);
  private readonly rules: ConfirmationRules;
  private readonly source: ConfirmationSource;
  private readonly figures: ResumeFigures;

  constructor(
    @Inject(NANO_OPTIONS) private readonly options: NanoOptions,
    @Inject(METRICS) metrics: Metrics,
    filter: ConfirmationFilter,
    notifications: Notifications,
    private readonly journal: ConfirmationJournal,
    private readonly log: FilterLog,
  ) {
    const { compat = 'published', extensions = {} } = options;
    const sent = new CountersBy((endpoint) =>
      metrics.counter(engineMetrics.messagesSent, { endpoint, topic: 'confirmation' }),
    );
    this.figures = new ResumeFigures(metrics);
    this.rules = { compat, conditions: extensions.conditions ?? false, log };
    this.source = {
      journal,
      receives: (view, { options, keys }) =>
        filter.receives(view, options as ConfirmationRecord, keys),
      frame: (view, { options }, id) =>
        textFrame(
          JSON.stringify(notifications.confirmation(view, options as ConfirmationRecord, id)),
        ),
      sent: ({ info: { endpoint } }) => {
        sent.add(endpoint);
      },
      ended: (resumed) => {
        this.figures.delete(resumed);
      },
      failed: (error) => this.logger.error(SluiceError.from(error).stack),
    };
  }

  onModuleDestroy(): void {
    this.figures.end();
  }

  /**
   * Subscribes, or replaces the options of a subscription wholesale.
   *
   * @param begun called once the subscription stands and before its first message, with what there is to tell of it.
   * @throws SluiceError `LIMIT` if it has too many accounts.
   */
  async subscribe(
    session: Session,
    options: TextTree | undefined,
    begun: (answer: ResumeAnswer) => void,
  ): Promise<void> {
    const { record, answer } = await this.read(options);
    const former = recordOf(session.subscription('confirmation'));
    const subscription = session.subscribe('confirmation', record);
    former?.resumed?.end();
    checkFilterSize(subscription, this.options.maxFilterAccounts);
    begun(answer);
    if (record.resumed === undefined) return;
    record.resumed.start(subscription);
    this.figures.add(record.resumed);
  }

  /**
   * Updates a subscription, if it can be updated.
   *
   * @param updated called once it is, and before the first message that the update sets free.
   * @throws SluiceError `LIMIT` if it has too many accounts then.
   */
  async update(
    session: Session,
    options: TextTree | undefined,
    updated: () => void,
  ): Promise<void> {
    const subscription = session.subscription('confirmation');
    const record = recordOf(subscription);
    if (subscription === undefined || options === undefined || record?.updatable !== true) return;
    const add = readList(options, 'accounts_add');
    const remove = readList(options, 'accounts_del');
    if (add !== undefined || remove !== undefined) {
      const { skippedAccounts } = this.log;
      const added = await readAccounts(add ?? [], skippedAccounts);
      const removed = await readAccounts(remove ?? [], skippedAccounts);
      subscription.update(updatedKeys(record, added, removed));
      checkFilterSize(subscription, this.options.maxFilterAccounts);
      // The filter is on now: nothing but accounts, and the local ones, is left among the keys.
      this.log.blockFilter({ block: record.form.block, empty: subscription.keys?.size === 0 });
    }
    updated();
    this.acknowledge(record, options);
  }

  private acknowledge({ resumed }: ConfirmationRecord, options: TextTree): void {
    if (resumed === undefined) return;
    const id = this.journal.idOf(readText(options, 'acked'));
    if (id !== undefined) resumed.acknowledge(id);
  }

  private async read(options: TextTree | undefined): Promise<{
    readonly record: ConfirmationRecord;
    readonly answer: ResumeAnswer;
  }> {
    if (options === undefined) return { record: PLAIN_CONFIRMATIONS, answer: {} };
    const record = await readConfirmationOptions(options, this.rules);
    const wish = this.journal.enabled ? readResume(options) : undefined;
    if (wish === undefined) return { record, answer: {} };
    const { position, gap } = this.journal.start(wish.point);
    return {
      record: { ...record, resumed: new ResumedConfirmations(this.source, position, wish.window) },
      answer: { cursor: this.journal.cursor(position), ...(gap ? { gap: 'true' } : {}) },
    };
  }
}

function recordOf(subscription: Subscription | undefined): ConfirmationRecord | undefined {
  return subscription?.options as ConfirmationRecord | undefined;
}
