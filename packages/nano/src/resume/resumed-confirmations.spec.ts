import { expect, it } from '@jest/globals';
import type { Session, Subscription } from '@sluice/engine';
import type { ConfirmationMessage } from '../confirmation/confirmation-message.js';
import type { ConfirmationJournal } from './confirmation-journal.service.js';
import { ResumedConfirmations, type ConfirmationSource } from './resumed-confirmations.js';

const HEAD = 9;
const STORED = Buffer.from(
  JSON.stringify({
    subtype: 'send',
    message: { amount: '1', block: { type: 'state' } } as unknown as ConfirmationMessage,
  }),
);

/** Several turns of the event loop, as a log on disk may take. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
}

it('sends each confirmation once, also if the client acknowledges while the log is read', async () => {
  const sent: number[] = [];
  const journal = {
    head: HEAD,
    current: HEAD,
    read: async (from: number) => {
      await turns(3);
      return { from, events: Array.from({ length: HEAD - from + 1 }, () => STORED) };
    },
  } as unknown as ConfirmationJournal;
  const session = { writable: true, write: () => undefined } as unknown as Session;
  const subscription = { session } as unknown as Subscription;
  const source: ConfirmationSource = {
    journal,
    receives: () => true,
    frame: (_view, _subscription, id) => {
      sent.push(id);
      return STORED;
    },
    // The acknowledgement comes right after the window is full, and before the next turn.
    sent: () => {
      const id = sent.at(-1) ?? -1;
      queueMicrotask(() => resumed.acknowledge(id));
    },
    ended: () => undefined,
    failed: (error) => {
      throw error;
    },
  };
  const resumed = new ResumedConfirmations(source, -1, 1);
  resumed.start(subscription);
  await turns(100);
  expect(sent).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  resumed.end();
});
