/** How the sample lets its clients go (contract 2.1, rule T5). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { ClientPool, RawClient } from '@sluice/testing';
import { startStream, type EventFrame } from './support/event-frame.js';
import { SamplePool } from './support/sample-pool.js';

/** Includes the start of the sample; far below what a connection that nobody closes would take. */
const LIMIT_MS = 20_000;

describe('ending the sample', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();

  afterEach(async () => {
    await clients.closeAll();
    await samples.endAll();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s gives every client an empty Close, and the process ends by the signal',
    async (signal) => {
      const sample = await samples.start(['--pace', '50ms']);
      const all = await clients.connectMany(20, sample.urls.event_ws);
      for (const client of all.slice(10)) client.send(startStream(null, 1000));
      await all.at(-1)?.take(10);
      process.kill(sample.pid, signal);
      for (const client of all) {
        expect(await client.closed()).toEqual({ code: 1005, reason: '', clean: true });
      }
      expect(await sample.ended).toMatchObject({ signal, stderr: '' });
    },
    LIMIT_MS,
  );

  it(
    'does not wait for clients that answer nothing, read nothing, or keep HTTP connections',
    async () => {
      const sample = await samples.start(['--pace', '50ms']);
      await using mute = await RawClient.connect(sample.urls.event_ws);
      await using stalled = await RawClient.connect(sample.urls.event_ws);
      stalled.sendText(JSON.stringify(startStream(null, 1_000_000)));
      stalled.stall();
      await using half = await RawClient.open(sample.urls.event_ws);
      half.write(Buffer.from('GET /v1a/event HTTP/1.1\r\nHost: x\r\n'));
      await sample.status();
      expect(await sample.stop()).toMatchObject({ signal: 'SIGTERM' });
      expect(await mute.nextFrame()).toMatchObject({ kind: 'close', code: undefined });
    },
    LIMIT_MS,
  );

  it('what was announced before is there after the next start', async () => {
    const first = await samples.start(['--pace', '20ms']);
    const client = await clients.connect(first.urls.event_ws);
    client.send(startStream(null, 100_000));
    await client.take(100);
    await first.stop();
    const announced: EventFrame[] = [];
    for await (const text of client) announced.push(JSON.parse(text) as EventFrame);
    const second = await samples.start([], { data: first.data });
    const newest = announced.at(-1)?.event;
    const { body } = await second.get(`?size=1&last_ack_event_id=${(newest?.id ?? 0) - 1}`);
    expect(body.events).toEqual([newest]);
  });
});
