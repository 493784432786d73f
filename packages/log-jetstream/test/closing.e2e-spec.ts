/** A process ends in time, whatever its server does. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordingFollower } from '@sluice/engine/testing';
import { event } from './support/events.js';
import { LogSite } from './support/log-site.js';
import { managing } from './support/manage.js';

/** The server may take longer to answer than a test may last. */
const PATIENT = { timeout: 60_000, closeTimeout: 200 };

describe('a store that is closed', () => {
  let site: LogSite;
  beforeEach(async () => (site = await LogSite.start()));
  afterEach(() => site.end());

  it.each([
    ['opens a stream', {}, 1],
    ['takes a stream over', { lease: {} }, 3],
  ])('while it %s and the server is gone ends, and so does that', async (_, lease, messages) => {
    const store = site.storeBehindProxy({ ...PATIENT, ...lease });
    const held = site.proxy.holdAttempt(messages);
    const opening = store.open('events', { epoch: 'e' });
    await held;
    const refused = expect(opening).rejects.toMatchObject({ code: 'STATE' });
    site.proxy.suspend();
    await store.close();
    await refused;
  });

  it('while the server says nothing ends, with a lease, appends and readers', async () => {
    const store = site.storeBehindProxy({ ...PATIENT, lease: { ttl: 60_000 } });
    const log = await store.open('events', { epoch: 'e' });
    await log.append([event(0)]);
    const follower = await RecordingFollower.of(store);
    site.proxy.fallSilent();
    const refused = Promise.all([
      expect(log.append([event(1)])).rejects.toMatchObject({ details: { reason: 'unreachable' } }),
      expect(follower.log.read(0, { events: 1, bytes: 1 })).rejects.toMatchObject({
        code: 'STATE',
      }),
    ]);
    await store.close();
    await refused;
  });

  it('while the server takes nothing ends, with much on its way', async () => {
    const store = site.store({ ...PATIENT, timeout: 1000 });
    const log = await store.open('events', { epoch: 'e' });
    site.server.signal('SIGSTOP');
    const large = Array.from({ length: 400 }, (_, id) => ({ id, bytes: Buffer.alloc(60_000) }));
    const refused = expect(log.append(large)).rejects.toMatchObject({ code: 'STATE' });
    await store.close();
    await refused;
    site.server.signal('SIGCONT');
  });

  it('leaves nothing of its own on the server', async () => {
    const writing = site.store();
    const log = await writing.open('events', { epoch: 'e' });
    for (let id = 0; id < 20; id += 1) await log.append([event(id)]);
    const store = site.store();
    const follower = await RecordingFollower.of(store);
    await log.append([event(20)]);
    await follower.reaches(20);
    for (let id = 0; id < 20; id += 4) await follower.log.read(id, { events: 2, bytes: 1000 });
    await store.close();
    const left = await managing(site.server.url, async ({ streams }) => {
      const { state } = await streams.info('sluice-events');
      return state.consumer_count;
    });
    expect(left).toBe(0);
  });
});
