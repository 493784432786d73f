import { json, TopicHub, type Session } from '@sluice/engine';
import type { StartServer } from '../../server/measured-server.js';
import { openSession } from './open-session.js';
import { performTransfers } from './perform-transfers.js';
import { watched, type FilterParameters } from './transfers.js';

/** Each event is held against the set of every subscriber. */
export const start: StartServer<FilterParameters> = (parameters) => {
  const topics = new TopicHub({ codec: json({ command: 'action' }) });
  const subscribers = Array.from(
    { length: parameters.subscribers },
    (_, number): readonly [Session, ReadonlySet<string>] => [
      openSession(topics),
      new Set(watched(number)),
    ],
  );
  return Promise.resolve(
    performTransfers(parameters, (transfer) => {
      const text = JSON.stringify(transfer);
      for (const [session, addresses] of subscribers) {
        if (transfer.addresses.some((address) => addresses.has(address))) session.send(text);
      }
    }),
  );
};
