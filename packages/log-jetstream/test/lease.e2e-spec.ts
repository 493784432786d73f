/** Several processes that could write, one that does. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JetStreamLogStore, LeaseOptions } from '../src/index.js';
import { event, texts, textsFrom } from './support/events.js';
import { eventually } from './support/eventually.js';
import { LogSite } from './support/log-site.js';
import { managing } from './support/manage.js';

const LEASE: LeaseOptions = { ttl: 3000 };
const LOST = { code: 'STATE', details: { reason: 'lease-lost' } };
const WIDE = { events: 1000, bytes: 1_000_000 };

describe('writers with a lease', () => {
  let site: LogSite;
  beforeEach(async () => (site = await LogSite.start()));
  afterEach(() => site.end());

  const OPTIONS = { lease: LEASE, timeout: 1000, closeTimeout: 200 };
  const process = (): JetStreamLogStore => site.store(OPTIONS);

  it('stand by until the one that writes ends, and go on at once', async () => {
    const [one, two] = [process(), process()];
    const log = await one.open('events', { epoch: 'e' });
    const standby = two.open('events', { epoch: 'unused' });
    await log.append([event(0), event(1)]);
    await eventually(() => two.status?.state === 'waiting');
    await one.close();
    const next = await standby;
    await next.append([event(2)]);
    expect(await textsFrom(next)).toEqual(texts(0, 2));
    expect([next.epoch, two.status?.state]).toEqual(['e', 'connected']);
  });

  it('hold it for all streams, however often one is opened', async () => {
    const store = process();
    const [a, b] = await Promise.all(['a', 'b'].map((name) => store.open(name, { epoch: name })));
    await a?.close();
    const again = await store.open('a', { epoch: 'unused' });
    await Promise.all([again.append([event(0)]), b?.append([event(0)])]);
  });

  it('keep it for longer than its time', async () => {
    const store = process();
    const log = await store.open('events', { epoch: 'e' });
    const seen = await managing(site.server.url, async ({ streams }) => {
      const renewal = async () => (await streams.info('sluice-_lease')).state.last_seq;
      const first = await renewal();
      // Each renewal is a third of the time later.
      let latest = first;
      while (latest < first + 4) latest = await renewal();
      return latest - first;
    });
    expect(seen).toBe(4);
    await log.append([event(0)]);
    expect(store.status?.state).toBe('connected');
  });

  it('take over from one that is cut off, which knows of it before, and stores nothing any more', async () => {
    const [one, two] = [site.storeBehindProxy(OPTIONS), process()];
    const log = await one.open('events', { epoch: 'e' });
    await log.append([event(0)]);
    const standby = two.open('events', { epoch: 'unused' });
    site.proxy.fallSilent();
    const next = await standby;
    // Its clock is ahead of the server's: it was asked before the server heard of it.
    await eventually(() => one.status?.state === 'failed');
    expect(one.status?.error).toMatchObject(LOST);
    await expect(log.append([event(1, ' of one')])).rejects.toMatchObject(LOST);
    await next.append([event(1)]);
    expect(await textsFrom(next)).toEqual(texts(0, 1));
  });

  it('fence one that does not know of its loss', async () => {
    const unaware = site.store();
    const log = await unaware.open('events', { epoch: 'e' });
    await log.append([event(0)]);
    const next = await process().open('events', { epoch: 'unused' });
    await expect(log.append([event(1, ' of one')])).rejects.toMatchObject({
      details: { reason: 'fenced' },
    });
    expect(unaware.status?.state).toBe('failed');
    await next.append([event(1)]);
    expect(await textsFrom(next)).toEqual(texts(0, 1));
  });

  it('can stand by again after they lost it, and read all the while', async () => {
    const [one, two] = [process(), process()];
    const log = await one.open('events', { epoch: 'e' });
    await log.append([event(0)]);
    // As if it had been asleep while another one took over.
    const other = await managing(site.server.url, async ({ streams }, client) => {
      await streams.purge('sluice-_lease');
      return client.publish('sluice-_lease', 'somebody else');
    });
    expect(other.seq).toBeGreaterThan(1);
    await eventually(() => one.status?.state === 'failed');
    expect((await log.read(0, WIDE)).events).toHaveLength(1);
    await log.close();
    const [first] = await Promise.all([
      Promise.race([
        one.open('events', { epoch: 'unused' }),
        two.open('events', { epoch: 'unused' }),
      ]),
    ]);
    await first.append([event(1)]);
    expect(await textsFrom(first)).toEqual(texts(0, 1));
    expect([one, two].map(({ status }) => status?.state).sort()).toEqual(['connected', 'waiting']);
  });

  it('end their wait when asked, and with the store', async () => {
    await process().open('events', { epoch: 'e' });
    const [two, three] = [process(), process()];
    const ending = new AbortController();
    const waiting = two.open('events', { epoch: 'unused', signal: ending.signal });
    const refused = expect(waiting).rejects.toMatchObject({ message: 'enough' });
    ending.abort(new Error('enough'));
    await refused;
    const other = expect(three.open('events', { epoch: 'unused' })).rejects.toMatchObject({
      code: 'STATE',
    });
    await three.close();
    await other;
  });

  it('wait for a server that restarts', async () => {
    const [one, two] = [process(), process()];
    const log = await one.open('events', { epoch: 'e' });
    const standby = two.open('events', { epoch: 'unused' });
    await eventually(() => two.status?.state === 'waiting');
    await site.server.halt('SIGKILL');
    await site.server.resume();
    await log.append([event(0)]);
    await one.close();
    const next = await standby;
    expect(await textsFrom(next)).toEqual(texts(0, 0));
  });
});
