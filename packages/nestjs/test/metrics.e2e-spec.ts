import { afterEach, expect, it } from '@jest/globals';
import { SubscribeMessage, WsException } from '@nestjs/websockets';
import { engineMetrics, EventBus, json, MetricsRegistry, type Session } from '@sluice/engine';
import {
  ChainGateway,
  ConnectedSession,
  ConnectGuard,
  endpointMetrics,
  METRICS,
  SessionRegistry,
  Topic,
  type ConnectRequest,
  type RefusalReason,
} from '../src/index.js';
import { TestClient } from '@sluice/testing';
import { TestApplication } from './support/application.js';
import { HANDSHAKE, rawAnswer } from './support/raw-upgrade.js';
import { until } from './support/until.js';

declare module '@sluice/engine' {
  interface ChainEventMap {
    'counted.block': { readonly height: number };
  }
}

const endpoint = '/counted';

class TicketGuard extends ConnectGuard {
  canConnect({ query }: ConnectRequest): boolean {
    if (query.get('ticket') === 'torn') throw new Error('torn');
    return query.has('ticket');
  }
}

@ChainGateway({ path: endpoint, codec: json(), guards: [TicketGuard], origins: ['https://ours'] })
class CountedGateway {
  @SubscribeMessage('hello')
  hello(): object {
    return { hello: true };
  }

  @SubscribeMessage('refuse')
  refuse(): never {
    throw new WsException('no');
  }

  @SubscribeMessage('follow')
  follow(@ConnectedSession() session: Session): object {
    session.subscribe('block');
    return { following: true };
  }

  @SubscribeMessage('leave')
  leave(@ConnectedSession() session: Session): void {
    session.close(1000);
  }

  @Topic('block', { event: 'counted.block' })
  block(block: unknown): unknown {
    return block;
  }
}

let application: TestApplication;
let metrics: MetricsRegistry;
async function start(connections = Infinity): Promise<void> {
  metrics = new MetricsRegistry();
  application = await TestApplication.start({
    providers: [CountedGateway],
    sluice: { metrics, limits: { connections } },
  });
}
afterEach(() => application.stop());

it('a registry is there without being asked for', async () => {
  application = await TestApplication.start({ providers: [CountedGateway] });
  const own: MetricsRegistry = application.app.get(METRICS);
  await application.connect('/counted?ticket');
  expect(own.total(endpointMetrics.connections, { endpoint })).toBe(1);
});

it('endpoints with the same path have figures of their own if they have names', async () => {
  @ChainGateway({ path: '*', name: 'left', codec: json(), port: 'free', address: '127.0.0.1' })
  class LeftGateway {}
  @ChainGateway({ path: '*', name: 'right', codec: json(), port: 'free', address: '127.0.0.1' })
  class RightGateway {}
  metrics = new MetricsRegistry();
  const providers = [LeftGateway, RightGateway];
  application = await TestApplication.start({ providers, sluice: { metrics } });
  const registry = application.app.get(SessionRegistry);
  const { port } = registry.endpoints.find(({ name }) => name === 'right') ?? {};
  await using client = await TestClient.connect(application.url('/any', port ?? 0));
  await client.ping();
  const connections = (name: string) =>
    metrics.total(endpointMetrics.connections, { endpoint: name });
  expect([connections('left'), connections('right')]).toEqual([0, 1]);
});

it('commands are counted by name and result, with labels that no client can choose', async () => {
  await start();
  const client = await application.connect('/counted?ticket');
  client.send({ type: 'hello' });
  client.send({ type: 'hello' });
  client.send({ type: 'refuse' });
  client.send({ type: 'chosen by the client' });
  client.send('{');
  await client.take(5);
  const results = metrics
    .snapshot()
    .find(({ definition }) => definition === endpointMetrics.commands)?.samples;
  expect(results).toEqual([
    { labels: { endpoint, command: 'hello', result: 'ok' }, value: 2 },
    { labels: { endpoint, command: 'refuse', result: 'invalid' }, value: 1 },
    { labels: { endpoint, command: 'unknown', result: 'unknown_command' }, value: 1 },
    { labels: { endpoint, command: 'unknown', result: 'malformed' }, value: 1 },
  ]);
  expect(metrics.total(endpointMetrics.commandSeconds, { command: 'hello' })).toBe(2);
  expect(metrics.total(engineMetrics.faults, { endpoint, code: 'MALFORMED' })).toBe(1);
  expect(metrics.total(engineMetrics.framesSent, { endpoint })).toBe(5);
  expect(JSON.stringify(metrics.snapshot())).not.toContain('chosen');
});

it.each<[RefusalReason, string, string[]]>([
  ['guard', '/counted', []],
  ['error', '/counted?ticket=torn', []],
  ['origin', '/counted?ticket', ['Origin: https://theirs']],
  ['handshake', '/counted?ticket', ['Sec-WebSocket-Key: short']],
  ['path', '/elsewhere', []],
])('a refused connection is counted by its reason: %s', async (reason, path, headers) => {
  await start();
  const ownKey = headers.some((header) => header.startsWith('Sec-WebSocket-Key'));
  const handshake = [...(ownKey ? HANDSHAKE.slice(0, -1) : HANDSHAKE), ...headers];
  await rawAnswer(application.port, path, handshake);
  const where = { endpoint: reason === 'path' ? '' : endpoint };
  expect(metrics.total(endpointMetrics.connectionsRefused)).toBe(1);
  expect(metrics.total(endpointMetrics.connectionsRefused, { ...where, reason })).toBe(1);
  expect(metrics.total(engineMetrics.sessionsOpened)).toBe(0);
});

it('a connection above the limit is counted as refused', async () => {
  await start(1);
  await application.connect('/counted?ticket');
  await rawAnswer(application.port, '/counted?ticket');
  const { connectionsRefused, connections } = endpointMetrics;
  expect(metrics.total(connectionsRefused, { endpoint, reason: 'limit' })).toBe(1);
  expect(metrics.total(connections)).toBe(1);
});

it('connections, subscriptions and messages are counted for each receiver', async () => {
  await start();
  const clients = [
    await application.connect('/counted?ticket'),
    await application.connect('/counted?ticket'),
  ];
  for (const client of clients) {
    client.send({ type: 'follow' });
    await client.take(1);
  }
  const labels = { endpoint, topic: 'block' };
  expect(metrics.total(endpointMetrics.connections, { gateway: 'CountedGateway' })).toBe(2);
  expect(metrics.total(engineMetrics.subscriptions, labels)).toBe(2);
  const bytes = metrics.total(engineMetrics.bytesSent);
  await application.app.get(EventBus).publish('counted.block', { height: 1 });
  for (const client of clients) await client.take(1);
  expect(metrics.total(engineMetrics.eventsPublished, { type: 'counted.block' })).toBe(1);
  expect(metrics.total(engineMetrics.messagesEncoded, labels)).toBe(1);
  expect(metrics.total(engineMetrics.messagesSent, labels)).toBe(2);
  expect(metrics.total(engineMetrics.bytesSent) - bytes).toBe(2 * (2 + '{"height":1}'.length));
});

it('the end of a session is counted by its reason', async () => {
  await start();
  const [leaving, left, last] = [
    await application.connect('/counted?ticket'),
    await application.connect('/counted?ticket'),
    await application.connect('/counted?ticket'),
  ];
  await leaving.close();
  left.send({ type: 'leave' });
  await left.closed();
  const ended = (reason: string) => metrics.total(engineMetrics.sessionsClosed, { reason });
  await until(() => ended('client') === 1 && ended('server') === 1);
  expect(metrics.total(endpointMetrics.accepting)).toBe(1);
  const stopped = application.app.close();
  await last.closed();
  await stopped;
  expect(ended('shutdown')).toBe(1);
  expect(metrics.total(endpointMetrics.connections)).toBe(0);
  expect(metrics.total(endpointMetrics.accepting)).toBe(0);
});
