import { afterEach, describe, expect, it } from '@jest/globals';
import { engineMetrics, EventBus, json, MetricsRegistry, type Session } from '@sluice/engine';
import { LocalFanOut } from '@sluice/engine/testing';
import { ChainGateway, Topic, type OnSessionOpen, type SluiceOptions } from '../src/index.js';
import { TestApplication } from './support/application.js';
import { RecordingLogger } from './support/recording-logger.js';

declare module '@sluice/engine' {
  interface ChainEventMap {
    'tide.turned': { readonly height: bigint };
  }
}

@ChainGateway({ path: '/tides', codec: json() })
class TideGateway implements OnSessionOpen {
  onSessionOpen(session: Session): void {
    session.subscribe('tide');
  }

  @Topic('tide', { event: 'tide.turned' })
  tide({ height }: { readonly height: bigint }) {
    return { tide: String(height) };
  }
}

describe('an application of several nodes', () => {
  const applications: TestApplication[] = [];
  const fanOut = new LocalFanOut();

  afterEach(async () => {
    for (const application of applications.splice(0)) await application.stop();
  });

  async function node(sluice: SluiceOptions, logger?: RecordingLogger): Promise<TestApplication> {
    const application = await TestApplication.start({
      sluice: { fanOut, ...sluice },
      providers: [TideGateway],
      ...(logger && { logger }),
    });
    applications.push(application);
    return application;
  }

  it('brings what the writer publishes to the clients of every node', async () => {
    const writer = await node({ role: 'writer' });
    const gateways = [await node({ role: 'gateway' }), await node({ role: 'gateway' })];
    const clients = await Promise.all([writer, ...gateways].map((each) => each.connect('/tides')));
    await writer.app.get(EventBus).publish('tide.turned', { height: 2n ** 64n });
    for (const client of clients) {
      expect(JSON.parse(await client.next())).toEqual({ tide: '18446744073709551616' });
    }
  });

  it('refuses what is published on a gateway', async () => {
    const { app } = await node({ role: 'gateway' });
    const published = app.get(EventBus).publish('tide.turned', { height: 1n });
    await expect(published).rejects.toMatchObject({ code: 'STATE' });
  });

  it('logs and counts what a gateway never hears of', async () => {
    const logger = new RecordingLogger();
    const metrics = new MetricsRegistry();
    await node({ role: 'gateway', metrics }, logger);
    fanOut.lose({ reason: 'forgotten', events: 3 });
    fanOut.lose({ reason: 'writer-changed', events: undefined });
    expect(metrics.total(engineMetrics.eventsLost, { reason: 'forgotten' })).toBe(3);
    expect(logger.at('warn')).toEqual([
      '3 events of the writer never came (forgotten)',
      'Another writer has taken over; the last events of the old one may be missing',
    ]);
  });

  it('ends to follow when a gateway is closed', async () => {
    await node({ role: 'gateway' });
    expect(fanOut.followers).toBe(1);
    for (const application of applications.splice(0)) await application.stop();
    expect(fanOut.followers).toBe(0);
  });
});
