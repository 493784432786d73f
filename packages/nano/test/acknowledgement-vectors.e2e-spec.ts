import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fixedClock } from './support/fixed-clock.js';
import { NanoApp, receivedBy } from './support/nano-app.js';
import { vectors } from './support/vectors.js';

interface Exchange {
  readonly setup?: readonly object[];
  readonly client: readonly object[];
  readonly server: readonly object[];
}

const TIME = 1_700_000_000_123;
const { exchanges } = vectors<{ readonly exchanges: readonly Exchange[] }>('actions');

let app: NanoApp;
beforeAll(async () => {
  app = await NanoApp.start({ sluice: { clock: fixedClock(TIME) } });
});
afterAll(() => app.stop());

it.each(exchanges)('$client is answered with $server', async ({ setup = [], client, server }) => {
  const session = await app.connected(...setup);
  for (const request of client) session.send(request);
  const expected = server.map((message) => ({ ...message, time: String(TIME) }));
  expect(await receivedBy(session)).toEqual(expected);
});
