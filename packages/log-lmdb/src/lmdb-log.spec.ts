import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { logConformance, type LogPlace } from '@sluice/engine/testing';
import { lmdbLog, type LmdbDurability } from './index.js';

function newPlace(durability: LmdbDurability): LogPlace {
  const path = mkdtempSync(join(tmpdir(), 'sluice-log-'));
  return {
    durable: true,
    open: () => lmdbLog({ path, durability }),
    cleanUp: () => rmSync(path, { recursive: true }),
  };
}

describe.each(['flush', 'commit'] as const)('lmdbLog with durability %s', (durability) => {
  for (const { name, run } of logConformance()) {
    it(name, async () => {
      await expect(run(() => newPlace(durability))).resolves.toBeUndefined();
    });
  }
});
