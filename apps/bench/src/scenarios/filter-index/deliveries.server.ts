import { json, TopicHub } from '@sluice/engine';
import type { StartServer } from '../../server/measured-server.js';
import { openSession } from './open-session.js';
import { performTransfers } from './perform-transfers.js';
import type { FilterParameters, Transfer } from './transfers.js';

/** The same topic without a filter, and with the two sessions alone that an event concerns. */
export const start: StartServer<FilterParameters> = (parameters) => {
  const topics = new TopicHub({ codec: json({ command: 'action' }) });
  topics.define<Transfer, undefined>({ name: 'transfer', render: (transfer) => transfer });
  for (let number = 0; number < 2; number++) openSession(topics).subscribe('transfer');
  return Promise.resolve(performTransfers(parameters, (t) => topics.publish('transfer', t)));
};
