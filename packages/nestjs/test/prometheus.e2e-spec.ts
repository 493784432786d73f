/** `@sluice/nestjs/metrics`. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { SubscribeMessage } from '@nestjs/websockets';
import {
  defineDistribution,
  defineGauge,
  defineHistogram,
  json,
  MetricsRegistry,
} from '@sluice/engine';
import { Counter, Registry } from 'prom-client';
import { ChainGateway } from '../src/index.js';
import { SluiceMetricsModule, type SluiceMetricsOptions } from '../src/prometheus/index.js';
import { PLATFORMS, TestApplication, type Platform } from './support/application.js';

@ChainGateway({ path: '/shown', codec: json() })
class ShownGateway {
  @SubscribeMessage('hello')
  hello(): object {
    return { hello: true };
  }
}

let application: TestApplication;
let metrics: MetricsRegistry;

async function start(
  options: SluiceMetricsOptions = {},
  platform: Platform = 'express',
): Promise<void> {
  metrics = new MetricsRegistry();
  application = await TestApplication.start({
    platform,
    providers: [ShownGateway],
    imports: [
      SluiceMetricsModule.forRoot({
        register: new Registry(),
        processMetrics: false,
        ...options,
      }),
    ],
    sluice: { metrics },
  });
}
afterEach(() => application.stop());

const fetchPage = (path = '/metrics', headers = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${String(application.port)}${path}`, { headers });
const lines = async (): Promise<string[]> => (await (await fetchPage()).text()).split('\n');

describe.each(PLATFORMS)('the page on %s', (platform) => {
  it("shows what was counted in Prometheus' text format", async () => {
    await start({}, platform);
    const client = await application.connect('/shown');
    client.send({ type: 'hello' });
    await client.next();
    const response = await fetchPage();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const text = await response.text();
    expect(text).toContain('# TYPE sluice_commands_total counter\n');
    expect(text).toContain(
      'sluice_commands_total{endpoint="/shown",command="hello",result="ok"} 1\n',
    );
    expect(text).toContain('sluice_connections{endpoint="/shown",gateway="ShownGateway"} 1\n');
    expect(text).toContain('sluice_command_seconds_count{endpoint="/shown",command="hello"} 1\n');
  });
});

it('buckets add up, and end with all', async () => {
  await start();
  const seconds = defineHistogram('toy_seconds', 'Time.', [1, 10]);
  const histogram = metrics.histogram(seconds, {});
  for (const value of [0.5, 1, 7, 100]) histogram.observe(value);
  expect((await lines()).filter((line) => line.includes('toy_seconds'))).toEqual([
    '# HELP toy_seconds Time.',
    '# TYPE toy_seconds histogram',
    'toy_seconds_bucket{le="1"} 2',
    'toy_seconds_bucket{le="10"} 3',
    'toy_seconds_bucket{le="+Inf"} 4',
    'toy_seconds_sum 108.5',
    'toy_seconds_count 4',
  ]);
});

it('distributions and gauges are those of the moment, and nothing adds up from page to page', async () => {
  await start();
  const lag = defineDistribution('toy_lag', 'Lag.', [10], ['topic']);
  const height = defineGauge('toy_height', 'Height.');
  metrics.observe([lag, height], (report) => {
    report.distribution(lag, { topic: 'a "b"\n' }, 5);
    report.gauge(height, {}, 7);
  });
  const shown = async () => (await lines()).filter((line) => line.startsWith('toy_'));
  const expected = [
    'toy_lag_bucket{topic="a \\"b\\"\\n",le="10"} 1',
    'toy_lag_bucket{topic="a \\"b\\"\\n",le="+Inf"} 1',
    'toy_lag_sum{topic="a \\"b\\"\\n"} 5',
    'toy_lag_count{topic="a \\"b\\"\\n"} 1',
    'toy_height 7',
  ];
  expect(await shown()).toEqual(expected);
  expect(await shown()).toEqual(expected);
});

it("shows the application's own metrics and the process beside, once", async () => {
  const register = new Registry();
  new Counter({ name: 'toy_total', help: 'Toys.', registers: [register] }).inc(3);
  await start({ register, processMetrics: true });
  const text = await (await fetchPage()).text();
  expect(text).toContain('toy_total 3\n');
  expect(text.match(/^process_cpu_user_seconds_total /gm)).toHaveLength(1);
  await application.stop();
  await start({ register, processMetrics: true });
  expect((await fetchPage()).status).toBe(200);
});

it('has the path and the guards it is told to have', async () => {
  @Injectable()
  class TokenGuard implements CanActivate {
    canActivate(context: ExecutionContext): boolean {
      const { headers } = context.switchToHttp().getRequest<{ headers: object }>();
      return (headers as Record<string, unknown>).authorization === 'Bearer ours';
    }
  }
  await start({ path: 'ops/figures', guards: [TokenGuard] });
  expect((await fetchPage()).status).toBe(404);
  expect((await fetchPage('/ops/figures')).status).toBe(403);
  expect((await fetchPage('/ops/figures', { authorization: 'Bearer ours' })).status).toBe(200);
});
