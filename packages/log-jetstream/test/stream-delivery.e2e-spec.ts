import { describe, expect, it } from '@jest/globals';
import { FollowedStream } from '@sluice/engine';
import { deliverySteps, playDelivery } from '@sluice/engine/testing';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { jetstreamLog } from '../src/index.js';
import { NatsServer } from '../src/testing/index.js';

describe('StreamDelivery over a log on a server', () => {
  it('misses and doubles nothing on a node that follows, under any interleaving', async () => {
    const server = await NatsServer.start();
    const [writing, reading] = [1, 2].map(() => jetstreamLog({ servers: server.url }));
    if (writing === undefined || reading === undefined) throw new Error('two were made');
    const log = await writing.open('events', { epoch: 'e' });
    const property = fc.asyncProperty(await deliverySteps(), async (steps) => {
      await log.discard({ epoch: randomUUID() });
      const followed = await FollowedStream.follow(reading, 'events');
      await playDelivery(log, steps, followed);
      await followed.close();
    });
    await expect(fc.assert(property, { numRuns: 30 })).resolves.toBeUndefined();
    await Promise.all([writing.close(), reading.close()]);
    await server.end();
  });

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
