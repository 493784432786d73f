/** What is called behind a call that the server refuses. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog } from '@sluice/engine';
import { LogSite } from './support/log-site.js';

const event = (id: number, size = 1) => ({ id, bytes: Buffer.alloc(size, 'x') });
const tooLong = 'x'.repeat(100_000);
const tooLarge = { code: 'LIMIT', details: { reason: 'too-large' } };

describe('behind what is too large for a message', () => {
  let site: LogSite;
  let log: EventLog;
  beforeEach(async () => {
    site = await LogSite.start({ settings: ['max_payload: 64KB'] });
    log = await site.store().open('events', { epoch: 'e' });
    await log.append([event(0)]);
  });
  afterEach(() => site.end());

  it('an event that continues it is refused, and what follows the head is stored', async () => {
    const refused = log.append([event(1, 100_000)]);
    const behind = log.append([event(2)]);
    const again = refused.catch(() => log.append([event(1)]));
    await expect(refused).rejects.toMatchObject(tooLarge);
    await expect(behind).rejects.toMatchObject({ code: 'STATE' });
    await again;
    await log.append([event(2)]);
    expect(log.head).toBe(2);
  });

  it('an event is stored if that was marks alone, and so is the next', async () => {
    const refused = log.append([], { note: tooLong });
    const behind = log.append([event(1)]);
    await expect(refused).rejects.toMatchObject(tooLarge);
    await behind;
    await log.append([event(2)]);
    expect([log.head, { ...log.marks }]).toEqual([2, {}]);
  });

  it('an event is refused if that was the epoch it was meant for, also if its id would fit', async () => {
    const refused = log.discard({ epoch: tooLong, firstId: 1 });
    const behind = log.append([event(1)]);
    await expect(refused).rejects.toMatchObject(tooLarge);
    await expect(behind).rejects.toMatchObject({ code: 'STATE' });
    await log.append([event(1)]);
    await log.append([event(2)]);
    expect([log.epoch, log.first, log.head]).toEqual(['e', 0, 2]);
  });
});
