import { json, TopicHub } from '@sluice/engine';
import type { StartServer } from '../../server/measured-server.js';
import { openSession } from './open-session.js';
import { performTransfers } from './perform-transfers.js';
import { TRANSFERS, type FilterParameters, type Transfer } from './transfers.js';

/** The same without filters: a topic for each event, with the two sessions that it concerns. */
export const start: StartServer<FilterParameters> = (parameters) => {
  const topics = new TopicHub({ codec: json({ command: 'action' }) });
  const names = Array.from({ length: TRANSFERS }, (_, number) => `transfer ${number}`);
  for (const name of names) {
    topics.define<Transfer, undefined>({ name, render: (transfer) => transfer });
    openSession(topics).subscribe(name);
    openSession(topics).subscribe(name);
  }
  return Promise.resolve(
    performTransfers(parameters, (transfer, number) => {
      topics.publish(names[number] ?? '', transfer);
    }),
  );
};
