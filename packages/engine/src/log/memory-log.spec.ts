import { getEventListeners } from 'node:events';
import { totalmem } from 'node:os';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { logConformance } from '../testing/log-conformance.js';
import { memoryLog } from './memory-log.js';

describe('memoryLog', () => {
  for (const { name, run } of logConformance()) {
    it(name, async () => {
      await expect(
        run(() => ({
          durable: false,
          open: (maxBytes) => memoryLog({ ...(maxBytes !== undefined && { maxBytes }) }),
          cleanUp: () => undefined,
        })),
      ).resolves.toBeUndefined();
    });
  }

  const noted = () => undefined;
  const bytes = (size: number) => Buffer.alloc(size);

  it('refuses what is above maxBytes, of all streams, and goes on when there is room', async () => {
    const store = memoryLog({ maxBytes: 100 });
    const log = await store.open('events', { epoch: 'a' });
    const other = await store.open('others', { epoch: 'b' });
    await log.append([{ id: 0, bytes: bytes(60) }]);
    await other.append([{ id: 0, bytes: bytes(30) }]);
    const full = log.append([{ id: 1, bytes: bytes(11) }]);
    const behind = log.append([{ id: 2, bytes: bytes(1) }]);
    await expect(full).rejects.toMatchObject({
      code: 'LIMIT',
      details: { reason: 'log-full', limit: 'maxBytes', value: 100, bytes: 90 },
    });
    await expect(behind).rejects.toMatchObject({ code: 'STATE' });
    expect([log.head, store.usage]).toEqual([0, { bytes: 90, limitBytes: 100 }]);
    await log.append([{ id: 1, bytes: bytes(10) }]);
    await other.discard({ epoch: 'c' });
    await log.append([{ id: 2, bytes: bytes(30) }]);
    await store.close();
  });

  it('takes what follows a refused append, whatever was called before the refusal', async () => {
    const store = memoryLog({ maxBytes: 100 });
    const log = await store.open('events', { epoch: 'a' });
    const full = log.append([{ id: 0, bytes: bytes(101) }]);
    const behind = log.append([{ id: 1, bytes: bytes(1) }]);
    const again = full.catch(() => log.append([{ id: 0, bytes: bytes(1) }]));
    await expect(behind).rejects.toMatchObject({ code: 'STATE' });
    await again;
    await log.append([{ id: 1, bytes: bytes(1) }]);
    expect(log.head).toBe(1);
    await store.close();
  });

  it('counts from a discard that was called behind a refused append', async () => {
    const store = memoryLog({ maxBytes: 100 });
    const log = await store.open('events', { epoch: 'a' });
    const full = log.append([{ id: 0, bytes: bytes(101) }]);
    const discarded = log.discard({ epoch: 'b', firstId: 7 });
    await expect(full).rejects.toMatchObject({ code: 'LIMIT' });
    await discarded;
    await log.append([{ id: 7, bytes: bytes(1) }]);
    expect([log.epoch, log.first, log.head]).toEqual(['b', 7, 7]);
    await store.close();
  });

  it('has room for a stream with retention, however long it runs', async () => {
    const store = memoryLog({ maxBytes: 100 });
    const log = await store.open('events', { epoch: 'a', retention: { bytes: 100 } });
    for (let id = 0; id < 20; id += 1) await log.append([{ id, bytes: bytes(30) }]);
    expect([log.first, log.head]).toEqual([17, 19]);
    await store.close();
  });

  it('leaves nothing at the signal of who followed once the stream is there', async () => {
    const store = memoryLog();
    const { signal } = new AbortController();
    const following = store.follow?.('later', { onAppend: noted, onRenew: noted, signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await store.open('later', { epoch: 'a' });
    await following;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    await store.close();
  });

  it('refuses to keep nothing', () => {
    const refusal = expect.objectContaining({ code: 'INVALID' });
    expect(() => memoryLog({ maxBytes: 0 })).toThrow(refusal);
  });

  describe('that is not told how much it may keep', () => {
    afterEach(() => {
      jest.restoreAllMocks();
    });

    it.each([
      ['the machine’s memory where nothing else is said', 0, totalmem()],
      ['the machine’s memory where the process may have more', 2 ** 63, totalmem()],
      ['what the process may have', 2 ** 27, 2 ** 27],
    ])('keeps half of %s', (_, constrained, memory) => {
      jest.spyOn(process, 'constrainedMemory').mockReturnValue(constrained);
      expect(memoryLog().usage?.limitBytes).toBe(Math.floor(memory / 2));
    });
  });
});
