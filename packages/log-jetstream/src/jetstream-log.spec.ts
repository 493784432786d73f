import { describe, expect, it } from '@jest/globals';
import { jetstreamLog } from './index.js';
import { jetStreamName } from './stream-name.js';

describe('jetstreamLog', () => {
  it('refuses options that cannot be meant, all at once', () => {
    const options = {
      servers: [],
      stream: 'a.b',
      storage: 'disk' as 'file',
      replicas: 0,
      duplicateWindow: 1,
      timeout: Number.NaN,
      closeTimeout: -1,
      lease: { ttl: 499 },
    };
    expect(() => jetstreamLog(options)).toThrow(
      /servers .*stream .*storage .*replicas .*duplicateWindow .*timeout .*closeTimeout .*lease\.ttl/,
    );
  });

  it('refuses stream names that are empty or too long, without a connection', async () => {
    const store = jetstreamLog({ servers: 'nats://127.0.0.1:1' });
    for (const name of ['', 'x'.repeat(201)]) {
      await expect(store.open(name, { epoch: 'e' })).rejects.toMatchObject({ code: 'INVALID' });
    }
    await store.close();
  });
});

describe('jetStreamName', () => {
  it('has only characters that a stream and a subject may have, and keeps names apart', () => {
    const names = ['events', 'hathor.events', 'hathor_events', 'hathor_2Eevents', 'a b>*/\\', 'ä'];
    const mapped = names.map((name) => jetStreamName('sluice', name));
    for (const name of mapped) expect(name).toMatch(/^sluice-[A-Za-z0-9_-]+$/);
    expect(new Set(mapped).size).toBe(names.length);
    expect(mapped.slice(0, 2)).toEqual(['sluice-events', 'sluice-hathor_2Eevents']);
  });
});
