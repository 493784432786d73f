/** Clients that do not take what they are sent (contract 8). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { BasaltApps, type BasaltApp } from './support/basalt-app.js';
import { toyBlock } from './support/toy-blocks.js';
import { until } from './support/until.js';

const apps = new BasaltApps();
afterEach(() => apps.stopAll());

describe('a client that does not read', () => {
  /** Announces until the sockets of the first clients take no more. @returns the last block's number. */
  async function fill(app: BasaltApp, stalled: number): Promise<number> {
    const first = app.status.sessions.slice(0, stalled);
    let number = 0;
    while (!first.every(({ queuedBytes }) => queuedBytes > 0)) {
      for (let count = 0; count < 200; count++) await app.announce(toyBlock(++number));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return number;
  }

  it('basalt §14.16 is gone five seconds after a message was queued, without a Close frame, and delays nobody', async () => {
    const app = await apps.start();
    const stalled = [await app.raw(), await app.raw()];
    for (const client of stalled) client.stall();
    const healthy = await app.connect();
    const seen: number[] = [];
    healthy.onTraffic((_, { data }) =>
      seen.push((JSON.parse(String(data)) as { block: { number: number } }).block.number),
    );
    const last = await fill(app, 2);
    app.clock.advance(4999);
    await healthy.ping();
    expect(app.status.connections).toBe(3);
    await app.announce(toyBlock(last + 1));
    app.clock.advance(1);
    await until(() => app.status.connections === 1);
    await app.announce(toyBlock(last + 2));
    await until(() => seen.length === last + 2);
    expect(seen).toEqual(Array.from({ length: last + 2 }, (_, index) => index + 1));
    for (const client of stalled) {
      client.resume();
      await client.ended();
      for (let left = client.received; left > 0; left--) {
        expect((await client.nextFrame()).kind).toBe('text');
      }
    }
  });

  it('that reads again in time has missed nothing', async () => {
    const app = await apps.start();
    const client = await app.raw();
    client.stall();
    const last = await fill(app, 1);
    app.clock.advance(3000);
    await app.announce(toyBlock(last + 1));
    app.clock.advance(1999);
    client.resume();
    for (let number = 1; number <= last + 1; number++) {
      const { text = '' } = (await client.nextFrame()) as { text?: string };
      expect(text).toContain(`"number":${String(number)},`);
    }
    app.clock.advance(60_000);
    expect(app.status.connections).toBe(1);
    client.reset();
  });
});
