import { describe, expect, it } from '@jest/globals';
import { jetstreamLog } from '../src/index.js';
import { event, texts, textsFrom } from './support/events.js';
import { managing } from './support/manage.js';
import { NatsServer } from '../src/testing/index.js';

describe('messages of events that are forgotten', () => {
  const kept = (server: NatsServer) =>
    managing(
      server.url,
      async ({ streams }) => (await streams.info('sluice-events')).state.messages,
    );

  it('are removed from the server, by retention and by a discard', async () => {
    const server = await NatsServer.start();
    const open = async () => {
      const store = jetstreamLog({ servers: server.url });
      return { store, log: await store.open('events', { epoch: 'e', retention: { events: 10 } }) };
    };
    const one = await open();
    for (let id = 0; id < 200; id += 1) {
      const page =
        one.log.head < 0 ? undefined : one.log.read(one.log.first, { events: 5, bytes: 9 });
      await one.log.append([event(id)]);
      if (page !== undefined) expect((await page).events).not.toHaveLength(0);
    }
    await one.store.close();
    expect(await kept(server)).toBeLessThan(80);
    const two = await open();
    expect(await textsFrom(two.log)).toEqual(texts(190, 199));
    for (let id = 200; id < 300; id += 1) await two.log.append([event(id)]);
    await two.log.discard({ epoch: 'f' });
    await two.store.close();
    expect(await kept(server)).toBeLessThan(64);
    await server.end();
  });
});
