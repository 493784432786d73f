import { expect, it } from '@jest/globals';
import { fakeSession, ManualClock } from '@sluice/engine/testing';
import { confirmationBench } from '../../test/support/confirmation-bench.js';
import { DESTINATION, RECEIVE, SEND, SENDER } from '../../test/support/golden-events.js';
import { PLAIN_FORM } from './confirmation-form.js';
import type { ConfirmationRecord } from './confirmation-record.js';

const SUBSCRIBERS = 10_000;
const ACCOUNTS = 20;

it('an event costs its receivers only, with 10,000 subscribers of 20 accounts each', () => {
  const { hub, calls } = confirmationBench({});
  const clock = new ManualClock();
  const opened = Array.from({ length: SUBSCRIBERS }, (_, n) => {
    // Reading accounts is not what is measured: their texts are anything.
    const own = Array.from({ length: ACCOUNTS }, (_account, at) => `nano_${n * ACCOUNTS + at}`);
    const accounts = new Set(n % 1000 === 0 ? [...own, SENDER, DESTINATION] : own);
    const record: ConfirmationRecord = {
      types: undefined,
      filter: { accounts, local: false },
      form: { ...PLAIN_FORM, sideband: n % 2000 === 0 },
      updatable: true,
    };
    const fake = fakeSession({ topics: hub, clock });
    fake.session.subscribe('confirmation', record);
    return fake;
  });
  hub.publish('confirmation', SEND);
  hub.publish('confirmation', RECEIVE);
  clock.turn();
  const received = opened.map(({ socket }) => socket.messages.length);
  expect(received.filter((count) => count === 1)).toHaveLength(10);
  expect(received.filter((count) => count > 1)).toEqual([]);
  expect(calls).toEqual({ matches: 10, render: 2 });
});
