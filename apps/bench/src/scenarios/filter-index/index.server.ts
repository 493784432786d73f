import { json, TopicHub } from '@sluice/engine';
import type { StartServer } from '../../server/measured-server.js';
import { openSession } from './open-session.js';
import { performTransfers } from './perform-transfers.js';
import { watched, type FilterParameters, type Transfer } from './transfers.js';

/** A topic with a filter: index, and delivery to sessions without a network. */
export const start: StartServer<FilterParameters> = (parameters) => {
  const topics = new TopicHub({ codec: json({ command: 'action' }) });
  topics.define<Transfer, readonly string[]>({
    name: 'transfer',
    render: (transfer) => transfer,
    filter: {
      subscriptionKeys: (addresses) => addresses,
      eventKeys: ({ addresses }) => addresses,
    },
  });
  for (let number = 0; number < parameters.subscribers; number++) {
    openSession(topics).subscribe('transfer', watched(number));
  }
  return Promise.resolve(performTransfers(parameters, (t) => topics.publish('transfer', t)));
};
