/** A node queues without end for a client that does not read; a replacement may end it (contract 5.2). */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { engineMetrics, MetricsRegistry } from '@sluice/engine';
import { RawClient } from '@sluice/testing';
import { SEND } from './support/golden-events.js';
import { NanoApp, settled } from './support/nano-app.js';

let app: NanoApp;
let metrics: MetricsRegistry;
beforeEach(async () => {
  metrics = new MetricsRegistry();
  app = await NanoApp.start({ sluice: { metrics } });
});
afterEach(() => app.stop());

it('a client that does not read is disconnected, which is counted; the others miss nothing', async () => {
  const reader = await app.connected({ action: 'subscribe', topic: 'confirmation' });
  const raw = await RawClient.connect(app.url);
  raw.sendText('{"action":"subscribe","topic":"confirmation","ack":true}');
  await raw.nextFrame();
  raw.stall();
  let published = 0;
  while (app.count('confirmation') === 2) {
    for (let n = 0; n < 100; n++, published++) void app.bus.publish('block.confirmed', SEND);
    await reader.take(100);
  }
  expect(app.count('confirmation')).toBe(1);
  const dropped = metrics.total(engineMetrics.messagesDropped, { reason: 'evicted' });
  expect(dropped).toBeGreaterThan(0);
  expect(dropped).toBeLessThanOrEqual(published);
  await settled(reader);
  raw.reset();
});
