/** The server's own parts for confirmations, without Nest and without sockets. */
import { Logger } from '@nestjs/common';
import { EventBus, json, noMetrics, systemClock, TopicHub } from '@sluice/engine';
import { ConfirmationFilter } from '../../src/confirmation/confirmation.filter.js';
import type { ConfirmationRecord } from '../../src/confirmation/confirmation-record.js';
import { CurrentConfirmation } from '../../src/confirmation/current-confirmation.js';
import type { BlockConfirmed } from '../../src/index.js';
import { Notifications } from '../../src/messages/notifications.service.js';
import type { NanoOptions } from '../../src/nano.options.js';
import { FilterLog } from '../../src/reading/filter-log.service.js';
import { readTextTree, type TextTree } from '../../src/reading/text-tree.js';
import { ConfirmationJournal } from '../../src/resume/confirmation-journal.service.js';
import { ConfirmationSubscriptions } from '../../src/subscriptions/confirmation-subscriptions.service.js';
import { LocalAccounts } from '../../src/wallets/local-accounts.js';

// What the log says of filters is tried elsewhere.
Logger.overrideLogger(false);

export interface ConfirmationBench {
  readonly subscriptions: ConfirmationSubscriptions;
  readonly hub: TopicHub;
  /** Calls of the filter's last word, and of the renderer. */
  readonly calls: { matches: number; render: number };
}

export function confirmationBench(options: NanoOptions): ConfirmationBench {
  const calls = { matches: 0, render: 0 };
  const current = new CurrentConfirmation(systemClock);
  const filter = new ConfirmationFilter(current, new LocalAccounts(options, systemClock));
  const journal = new ConfirmationJournal(options, undefined, noMetrics, 'writer', new EventBus());
  const notifications = new Notifications(systemClock, journal);
  const hub = new TopicHub({ codec: json() });
  hub.define<BlockConfirmed, ConfirmationRecord>({
    name: 'confirmation',
    filter: {
      subscriptionKeys: (record) => filter.subscriptionKeys(record),
      eventKeys: (event) => filter.eventKeys(event),
      matches: (event, record) => {
        calls.matches++;
        return filter.matches(event, record);
      },
      variant: (record) => filter.variant(record),
    },
    render: (event, context) => {
      calls.render++;
      return notifications.confirmation(current.of(event), context.options);
    },
  });
  const subscriptions = new ConfirmationSubscriptions(
    options,
    noMetrics,
    filter,
    notifications,
    journal,
    new FilterLog(systemClock),
  );
  return { subscriptions, hub, calls };
}

/** Options as the gateway gets them. */
export function optionsOf(options: object | undefined): TextTree | undefined {
  return options === undefined ? undefined : readTextTree(JSON.stringify(options));
}
