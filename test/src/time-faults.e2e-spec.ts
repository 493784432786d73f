/** A process whose wall clock jumps, or whose event loop stands still: its clients notice nothing but the pause. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientPool, TestClient } from '@sluice/testing';
import { EventReader } from './support/event-reader.js';
import { Audience, ENDPOINTS, urlOf } from './support/every-endpoint.js';
import { SamplePool } from './support/sample-pool.js';
import type { SampleProcess } from './support/sample-process.js';

const HOUR_MS = 3_600_000;
/** True time of the wall clock, and others: ahead of it, behind it, and far away. */
const JUMPS = [6 * HOUR_MS, -12 * HOUR_MS, 8760 * HOUR_MS, -1000, 0];
/** Longer than any deadline of a dialect lasts. */
const STALLS = [300, 6000, 300];
/** In any second there is one such message. */
const EVERY_SECOND = '"dashboard:metrics"';

describe('a sample with clients of every dialect', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();
  let sample: SampleProcess;
  let reader: EventReader;
  let audiences: Audience[];
  let dashboards: number;

  beforeEach(async () => {
    sample = await samples.start(['--pace', '100ms'], { shaken: true });
    reader = await EventReader.start(sample.urls.event_ws, { after: null, window: 20 });
    audiences = await Promise.all(
      ENDPOINTS.map((endpoint) => Audience.gather(sample, endpoint, 3, clients)),
    );
    dashboards = 0;
    audiences[0]?.clients[0]?.onTraffic((_, { data }) => {
      if (data.includes(EVERY_SECOND)) dashboards++;
    });
  });

  afterEach(async () => {
    await clients.closeAll();
    await Promise.all(audiences.map((audience) => audience.end()));
    await samples.endAll();
  });

  /** Nobody has been let go, everybody hears of what happens, and whoever comes is let in and answered. */
  async function expectService(): Promise<void> {
    await reader.reached(reader.last + 1);
    for (const audience of audiences) {
      await audience.hears();
      await using late = await TestClient.connect(urlOf(sample, audience.endpoint));
      await late.ping();
    }
    const [wallet] = audiences[0]?.clients ?? [];
    wallet?.send({ type: 'ping' });
    await wallet?.until((text) => text.includes('"pong"'));
    await wallet?.until((text) => text.includes(EVERY_SECOND));
  }

  async function expectNoStorm(since: number): Promise<void> {
    expect(dashboards).toBeLessThanOrEqual((performance.now() - since) / 1000 + 1);
    const { latest_event_id: last } = await sample.status();
    await reader.reached(last);
    await reader.close();
    expect(await sample.stop()).toMatchObject({ signal: 'SIGTERM', stderr: '' });
  }

  it('serves them whatever its wall clock says', async () => {
    const since = performance.now();
    for (const ahead of JUMPS) {
      await sample.shake({ ahead });
      await expectService();
    }
    await expectNoStorm(since);
  });

  it('serves them after its event loop has stood still, also those that came meanwhile', async () => {
    const since = performance.now();
    for (const standStill of STALLS) {
      const over = sample.shake({ standStill });
      const late = audiences.map((audience) =>
        clients.connect(urlOf(sample, audience.endpoint), { connectTimeoutMs: 30_000 }),
      );
      const pings = audiences.flatMap((audience) =>
        audience.clients.map((client) => client.ping({ timeoutMs: 30_000 })),
      );
      await over;
      await Promise.all([...late, ...pings]);
      await expectService();
    }
    await expectNoStorm(since);
  });

  it('goes on with its data when the clock has been set back since', async () => {
    await sample.shake({ ahead: 6 * HOUR_MS });
    await expectService();
    await reader.close();
    await sample.stop();
    const { data } = sample;
    const { last } = reader;
    await clients.closeAll();
    await Promise.all(audiences.splice(0).map((audience) => audience.end()));
    sample = await samples.start(['--pace', '100ms'], { data });
    const resumed = await EventReader.start(sample.urls.event_ws, { after: last, window: 20 });
    const { latest_event_id: newest } = await sample.status();
    await resumed.reached(newest + 1);
    await resumed.close();
    expect(await sample.stop()).toMatchObject({ signal: 'SIGTERM', stderr: '' });
  });
});
