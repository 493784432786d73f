import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { logConformance, type LogPlace } from '@sluice/engine/testing';
import { jetstreamLog } from '../src/index.js';
import { NatsServer } from '../src/testing/index.js';

describe('jetstreamLog', () => {
  let server: NatsServer;
  // One case stores events of 1 MiB, which a server with default settings refuses.
  beforeAll(async () => (server = await NatsServer.start({ settings: ['max_payload: 4MB'] })));
  afterAll(() => server.end());

  function newPlace(): LogPlace {
    const stream = randomUUID();
    return {
      durable: true,
      open: (maxBytes) =>
        jetstreamLog({ servers: server.url, stream, ...(maxBytes !== undefined && { maxBytes }) }),
      cleanUp: () => undefined,
    };
  }

  for (const { name, run } of logConformance()) {
    it(name, async () => {
      await expect(run(newPlace)).resolves.toBeUndefined();
    });
  }
});
