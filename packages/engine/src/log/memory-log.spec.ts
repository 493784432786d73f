import { describe, expect, it } from '@jest/globals';
import { logConformance } from '../testing/log-conformance.js';
import { memoryLog } from './memory-log.js';

describe('memoryLog', () => {
  for (const { name, run } of logConformance()) {
    it(name, async () => {
      await expect(
        run(() => ({ durable: false, open: () => memoryLog(), cleanUp: () => undefined })),
      ).resolves.toBeUndefined();
    });
  }
});
