import { describe, expect, it } from '@jest/globals';
import { deliverySteps, playDelivery } from '@sluice/engine/testing';
import fc from 'fast-check';
import { jetstreamLog } from '../src/index.js';
import { NatsServer } from './support/nats-server.js';

describe('StreamDelivery over a log on a server', () => {
  it('misses and doubles nothing under any interleaving of publish, start, ack, stop, stall, disconnect and resume', async () => {
    const server = await NatsServer.start();
    const store = jetstreamLog({ servers: server.url });
    const log = await store.open('events', { epoch: 'e' });
    const property = fc.asyncProperty(await deliverySteps(), async (steps) => {
      await log.discard({ epoch: 'e' });
      await playDelivery(log, steps);
    });
    await expect(fc.assert(property, { numRuns: 50 })).resolves.toBeUndefined();
    await store.close();
    await server.end();
  });
});
