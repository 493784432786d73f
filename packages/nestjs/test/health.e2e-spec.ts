/** `@sluice/nestjs/health`. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { SubscribeMessage } from '@nestjs/websockets';
import { engineMetrics, json, MetricsRegistry, relayMetrics } from '@sluice/engine';
import { SluiceHealthModule, type SluiceHealthOptions } from '../src/health/index.js';
import { ChainGateway, logState } from '../src/index.js';
import { PLATFORMS, TestApplication, type Platform } from './support/application.js';

/** Its command goes on until the test lets it end. */
@Injectable()
@ChainGateway({ path: '/watched', codec: json() })
class WatchedGateway {
  private finish: () => void = () => undefined;

  @SubscribeMessage('wait')
  wait(): Promise<object> {
    return new Promise((resolve) => (this.finish = () => resolve({ waited: true })));
  }

  @SubscribeMessage('break')
  break(): never {
    throw new Error('broken');
  }

  end(): void {
    this.finish();
  }
}

let application: TestApplication;
let metrics: MetricsRegistry;

async function start(
  options: SluiceHealthOptions = {},
  platform: Platform = 'express',
): Promise<void> {
  metrics = new MetricsRegistry();
  application = await TestApplication.start({
    platform,
    providers: [WatchedGateway],
    imports: [SluiceHealthModule.forRoot(options)],
    sluice: { metrics, limits: { connections: 2 } },
  });
}
afterEach(() => application.stop());

async function ask(path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`http://127.0.0.1:${String(application.port)}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const ready = async (): Promise<number> => (await ask('/health/ready')).status;

describe.each(PLATFORMS)('on %s', (platform) => {
  it('an application that serves is alive and ready, and says so', async () => {
    await start({}, platform);
    expect(await ask('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await ask('/health/ready')).toMatchObject({
      status: 200,
      body: {
        status: 'ok',
        details: {
          accepting: { status: 'up', phase: 'serving' },
          log: { status: 'up' },
          source: { status: 'up' },
        },
      },
    });
    expect((await ask('/health')).body).toEqual((await ask('/health/ready')).body);
  });

  it('is not ready once it shuts down, while it is alive still', async () => {
    await start({}, platform);
    const client = await application.connect('/watched');
    client.send({ type: 'wait' });
    await client.ping();
    const gateway = application.app.get(WatchedGateway);
    const closing = application.app.close();
    const answers = [await ask('/health/ready'), await ask('/health/live')];
    gateway.end();
    await closing;
    expect(answers[0]).toMatchObject({
      status: 503,
      body: { error: { accepting: { status: 'down', phase: 'draining' } } },
    });
    expect(answers[1]?.status).toBe(200);
  });
});

describe('readiness', () => {
  it('goes with a log that takes no more events', async () => {
    await start();
    let writable = 1;
    metrics.observe([engineMetrics.streamWritable], (report) => {
      report.gauge(engineMetrics.streamWritable, { stream: 'a' }, 1);
      report.gauge(engineMetrics.streamWritable, { stream: 'b' }, writable);
    });
    expect(await ready()).toBe(200);
    writable = 0;
    expect(await ask('/health/ready')).toMatchObject({
      status: 503,
      body: { error: { log: { status: 'down', failed: ['b'], behind: [], lost: false } } },
    });
    expect((await ask('/health/live')).status).toBe(200);
  });

  it('goes with a log that has failed as a whole', async () => {
    await start();
    let state = 'reconnecting';
    metrics.observe([logState], (report) => {
      report.gauge(logState, { state }, 1);
    });
    expect(await ready()).toBe(200);
    state = 'failed';
    expect((await ask('/health/ready')).body).toMatchObject({ error: { log: { lost: true } } });
  });

  it('goes with a log that cannot keep up, from a limit on', async () => {
    await start({ pendingEvents: 100 });
    let pending = 100;
    metrics.observe([engineMetrics.pendingEvents], (report) => {
      report.gauge(engineMetrics.pendingEvents, { stream: 'a' }, pending);
    });
    expect(await ready()).toBe(200);
    pending = 101;
    expect((await ask('/health/ready')).body).toMatchObject({ error: { log: { behind: ['a'] } } });
  });

  it('goes with a source that has been away for too long, and comes back with it', async () => {
    await start({ offlineMs: 5000 });
    let seconds = 5;
    metrics.observe([relayMetrics.offlineSeconds], (report) => {
      report.gauge(relayMetrics.offlineSeconds, { relay: 'basalt' }, seconds);
    });
    expect(await ready()).toBe(200);
    seconds = 5.001;
    expect(await ask('/health/ready')).toMatchObject({
      status: 503,
      body: { error: { source: { status: 'down', offline: ['basalt'] } } },
    });
    seconds = 0;
    expect(await ready()).toBe(200);
  });

  it('stays, whatever clients do: too many of them, errors, commands that never end', async () => {
    await start();
    const clients = [await application.connect('/watched'), await application.connect('/watched')];
    await expect(application.connect('/watched')).rejects.toThrow();
    for (const client of clients) {
      client.send('no JSON');
      client.send({ type: 'unknown' });
      client.send({ type: 'break' });
      client.send({ type: 'wait' });
      await client.ping();
    }
    expect(await ready()).toBe(200);
    for (const client of clients) client.terminate();
  });
});
