/** A backup that is played back keeps the epoch: who followed the stream must see that it is another one all the same. */
import { cpSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordingFollower } from '@sluice/engine/testing';
import { event, texts, textsFrom } from './support/events.js';
import { LogSite } from './support/log-site.js';

describe('a follower of a stream that is set back to an older copy', () => {
  let site: LogSite;
  beforeEach(async () => (site = await LogSite.start()));
  afterEach(() => site.end());

  /** Keeps a copy as it is now. @returns what sets the server back to it. */
  async function backedUp(): Promise<() => Promise<void>> {
    const { server } = site;
    const copy = `${server.folder}-copy`;
    await server.halt();
    cpSync(server.folder, copy, { recursive: true });
    await server.resume();
    return async () => {
      await server.halt();
      rmSync(server.folder, { recursive: true });
      cpSync(copy, server.folder, { recursive: true });
      rmSync(copy, { recursive: true });
      await server.resume();
    };
  }

  it('just when it begins to listen again is told, too', async () => {
    const writer = await site.store().open('events', { epoch: 'e' });
    await writer.append([event(0)]);
    const restore = await backedUp();
    await writer.append([event(1)]);
    const follower = await RecordingFollower.of(site.storeBehindProxy({ timeout: 1000 }));
    await follower.reaches(1);
    const held = site.proxy.holdAttempt(1, 'CONSUMER.CREATE');
    site.proxy.cut();
    await held;
    await restore();
    await follower.until(() => follower.renewals > 0);
    expect([follower.log.epoch, follower.log.head]).toEqual(['e', 0]);
  });

  it.each([
    ['as many', 3],
    ['more', 5],
  ])('and gets %s events again is told that it is another one', async (_, last) => {
    const writer = await site.store().open('events', { epoch: 'e' });
    await writer.append([event(0)]);
    const restore = await backedUp();
    for (let id = 1; id <= 3; id += 1) await writer.append([event(id)]);
    const reading = site.storeBehindProxy({ timeout: 1000 });
    const follower = await RecordingFollower.of(reading);
    expect(follower.log.head).toBe(3);

    const reconnect = site.proxy.suspend();
    await restore();
    const again = await site.store().open('events', { epoch: 'unused' });
    for (let id = 1; id <= last; id += 1) await again.append([event(id, ' again')]);
    reconnect();

    await follower.until(() => follower.renewals > 0);
    expect([follower.log.epoch, follower.log.head]).toEqual(['e', last]);
    expect(await textsFrom(follower.log)).toEqual([
      'event 0',
      ...texts(1, last).map((text) => `${text} again`),
    ]);
    await again.append([event(last + 1)]);
    await follower.reaches(last + 1);
    expect([follower.texts, follower.renewals]).toEqual([[`event ${last + 1}`], 1]);
  });

  it('goes on as if nothing had happened where the connection alone was lost', async () => {
    const writer = await site.store().open('events', { epoch: 'e' });
    await writer.append([event(0), event(1)]);
    const follower = await RecordingFollower.of(site.storeBehindProxy({ timeout: 1000 }));
    site.proxy.suspend()();
    await writer.append([event(2)]);
    await follower.reaches(2);
    site.proxy.suspend()();
    await writer.append([event(3)]);
    await follower.reaches(3);
    expect([follower.ids, follower.renewals]).toEqual([[2, 3], 0]);
  });
});
