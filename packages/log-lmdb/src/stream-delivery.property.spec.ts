import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { deliverySteps, playDelivery } from '@sluice/engine/testing';
import fc from 'fast-check';
import { lmdbLog } from './index.js';

describe('StreamDelivery over a log in a file', () => {
  it('misses and doubles nothing under any interleaving of publish, start, ack, stop, stall, disconnect and resume', async () => {
    const path = mkdtempSync(join(tmpdir(), 'sluice-log-'));
    const store = lmdbLog({ path, durability: 'commit' });
    const log = await store.open('events', { epoch: 'e' });
    const property = fc.asyncProperty(await deliverySteps(), async (steps) => {
      await log.discard({ epoch: 'e' });
      await playDelivery(log, steps);
    });
    await expect(fc.assert(property, { numRuns: 100 })).resolves.toBeUndefined();
    await store.close();
    rmSync(path, { recursive: true });
  });
});
