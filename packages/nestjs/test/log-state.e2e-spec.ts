import { afterEach, expect, it } from '@jest/globals';
import { type EventLogStore, type LogStatus, memoryLog, MetricsRegistry } from '@sluice/engine';
import { logBytes, logLimitBytes, logState } from '../src/index.js';
import { TestApplication } from './support/application.js';

let application: TestApplication;
afterEach(() => application.stop());

class WatchedLog implements EventLogStore {
  status: LogStatus = { state: 'waiting' };
  private readonly store = memoryLog();

  open(...parts: Parameters<EventLogStore['open']>): ReturnType<EventLogStore['open']> {
    return this.store.open(...parts);
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

it('the metrics tell how the log is', async () => {
  const metrics = new MetricsRegistry();
  const log = new WatchedLog();
  application = await TestApplication.start({ sluice: { log, metrics } });
  const now = () => ['waiting', 'connected'].map((state) => metrics.total(logState, { state }));
  expect(now()).toEqual([1, 0]);
  log.status = { state: 'connected' };
  expect(now()).toEqual([0, 1]);
});

it('the metrics do not speak of a log that cannot lose its server', async () => {
  const metrics = new MetricsRegistry();
  application = await TestApplication.start({ sluice: { log: memoryLog(), metrics } });
  expect(metrics.snapshot().map(({ definition: { name } }) => name)).not.toContain(logState.name);
});

it('the metrics tell how full the log is, and where it ends', async () => {
  const metrics = new MetricsRegistry();
  const log = memoryLog({ maxBytes: 1000 });
  application = await TestApplication.start({ sluice: { log, metrics } });
  const now = () => [metrics.total(logBytes), metrics.total(logLimitBytes)];
  expect(now()).toEqual([0, 1000]);
  const stream = await log.open('events', { epoch: 'a' });
  await stream.append([{ id: 0, bytes: Buffer.alloc(900) }]);
  expect(now()).toEqual([900, 1000]);
});

it('the metrics do not speak of what only the log’s server knows', async () => {
  const metrics = new MetricsRegistry();
  application = await TestApplication.start({ sluice: { log: new WatchedLog(), metrics } });
  const names = metrics.snapshot().map(({ definition: { name } }) => name);
  expect(names).not.toContain(logBytes.name);
});
