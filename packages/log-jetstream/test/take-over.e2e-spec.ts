/** A writer that gets the lease while others come in between. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { event, texts, textsFrom } from './support/events.js';
import { eventually } from './support/eventually.js';
import { LogSite } from './support/log-site.js';

const OPTIONS = { lease: { ttl: 1500 }, timeout: 1000, closeTimeout: 200 };

describe('a writer that takes over', () => {
  let site: LogSite;
  beforeEach(async () => (site = await LogSite.start()));
  afterEach(() => site.end());

  it('is well when the one before has stored something at the last moment', async () => {
    const before = await site.store().open('events', { epoch: 'e' });
    await before.append([event(0)]);
    const store = site.storeBehindProxy(OPTIONS);
    // The lease, then what fences the one before.
    const held = site.proxy.holdAttempt(2);
    const opening = store.open('events', { epoch: 'unused' });
    const goOn = await held;
    await before.append([event(1)]);
    goOn();
    const log = await opening;
    expect(store.status).toEqual({ state: 'connected' });
    await log.append([event(2)]);
    expect(await textsFrom(log)).toEqual(texts(0, 2));
    await expect(before.append([event(2)])).rejects.toMatchObject({
      details: { reason: 'fenced' },
    });
  });

  it('stands by again if it has lost the lease before it was done', async () => {
    await site.store().open('events', { epoch: 'e' });
    const [slow, other] = [site.storeBehindProxy(OPTIONS), site.store(OPTIONS)];
    const held = site.proxy.holdAttempt(2);
    const opening = slow.open('events', { epoch: 'unused' });
    const goOn = await held;
    const log = await other.open('events', { epoch: 'unused' });
    await log.append([event(0)]);
    goOn();
    await eventually(() => slow.status.state === 'waiting');
    await log.append([event(1)]);
    await other.close();
    const next = await opening;
    await next.append([event(2)]);
    expect(await textsFrom(next)).toEqual(texts(0, 2));
  });
});
