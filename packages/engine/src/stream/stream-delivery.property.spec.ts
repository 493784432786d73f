import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { memoryLog } from '../log/memory-log.js';
import { deliverySteps, playDelivery, readingLater } from '../testing/index.js';

describe('StreamDelivery under any interleaving of publish, start, ack, stop, stall, disconnect and resume', () => {
  it.each([
    ['that reads at once', false],
    ['that reads later', true],
  ])(
    'misses and doubles nothing beyond what the window rules say, for each of several clients, over a log %s',
    async (_, later) => {
      const property = fc.asyncProperty(await deliverySteps(), async (steps) => {
        const log = await memoryLog().open('test', { epoch: 'e' });
        await playDelivery(later ? readingLater(log) : log, steps);
      });
      await expect(fc.assert(property, { numRuns: 100 })).resolves.toBeUndefined();
    },
  );
});
