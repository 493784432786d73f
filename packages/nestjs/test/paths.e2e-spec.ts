import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SubscribeMessage } from '@nestjs/websockets';
import { json, type Session } from '@sluice/engine';
import { TestClient } from '@sluice/testing';
import { once } from 'node:events';
import type { Server } from 'node:http';
import {
  ChainGateway,
  ConnectedSession,
  SessionRegistry,
  type ChainGatewayOptions,
} from '../src/index.js';
import { PLATFORMS, TestApplication } from './support/application.js';
import { HANDSHAKE, rawAnswer, rawRequest } from './support/raw-upgrade.js';

class Where {
  @SubscribeMessage('where')
  where(@ConnectedSession() session: Session) {
    const { endpoint, params, url } = session.info;
    return { endpoint, params, url };
  }
}

@ChainGateway({ path: ['/v1a/ws', '/ws'], codec: json(), leaf: true })
class Leaf extends Where {}

@ChainGateway({ path: '/typed/:room/of/:house', codec: json() })
class Typed extends Where {}

@ChainGateway({ path: '/typed/main/of/:house', codec: json() })
class Literal extends Where {}

@ChainGateway({ path: '/Loose', codec: json(), caseSensitive: false })
class Loose extends Where {}

@ChainGateway({ path: '/prefixed', codec: json(), globalPrefix: true })
class Prefixed extends Where {}

@ChainGateway({ path: '/apart', codec: json(), port: 'free', address: '127.0.0.1' })
class Apart extends Where {}

const SETTINGS = Symbol('settings');
const settings: Partial<ChainGatewayOptions> = { path: '/configured' };

@ChainGateway({ path: '/default', codec: json(), config: SETTINGS })
class Configured extends Where {}

describe.each(PLATFORMS)('paths on %s', (platform) => {
  let application: TestApplication;

  beforeEach(async () => {
    application = await TestApplication.start({
      platform,
      providers: [
        Leaf,
        Typed,
        Literal,
        Loose,
        Prefixed,
        Apart,
        Configured,
        { provide: SETTINGS, useValue: settings },
      ],
      before: (app) => void app.setGlobalPrefix('api'),
    });
  });

  afterEach(() => application.stop());

  const where = async (path: string): Promise<unknown> => {
    const client = await application.connect(path);
    client.send({ type: 'where' });
    return client.nextJson();
  };

  it.each([
    ['/v1a/ws', '/v1a/ws', {}],
    ['/v1a/ws/', '/v1a/ws', {}],
    ['/v1a/ws?token=a%20b', '/v1a/ws', {}],
    ['/ws/', '/v1a/ws', {}],
    ['/ws/with/more/segments', '/v1a/ws', {}],
    ['/typed/red/of/me', '/typed/:room/of/:house', { room: 'red', house: 'me' }],
    ['/typed/caf%C3%A9%2F1/of/x', '/typed/:room/of/:house', { room: 'café/1', house: 'x' }],
    ['/typed/main/of/me/', '/typed/main/of/:house', { house: 'me' }],
    ['/lOOSE', '/Loose', {}],
    ['/api/prefixed', '/api/prefixed', {}],
    ['/configured', '/configured', {}],
  ])('%s reaches %s', async (url, endpoint, params) => {
    expect(await where(url)).toEqual({ endpoint, params, url });
  });

  it('a request target in absolute form counts by its path', async () => {
    const socket = await rawRequest(application.port, 'http://elsewhere/ws');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 101 /);
    socket.destroy();
  });

  it.each([
    '/',
    '/v1a',
    '/V1A/ws',
    '/v1a//ws',
    '/typed//of/x',
    '/typed/a/of',
    '/prefixed',
    '/default',
    '/apart',
    '*',
  ])('%s is not found', async (path) => {
    const answer = await rawAnswer(application.port, path);
    expect(answer).toMatch(/^HTTP\/1.1 404 Not Found\r\n/);
    expect(answer).toContain('"statusCode":404');
  });

  it.each([
    ['a malformed escape', '/%zz', HANDSHAKE],
    ['a missing key', '/ws', HANDSHAKE.slice(0, -1)],
    ['another protocol', '/ws', ['Host: a', 'Connection: Upgrade', 'Upgrade: h2c']],
    [
      'a wrong version',
      '/ws',
      [...HANDSHAKE.slice(0, 3), 'Sec-WebSocket-Version: 5', ...HANDSHAKE.slice(4)],
    ],
    ['an invalid host', '/ws', ['Host: a b', ...HANDSHAKE.slice(1)]],
  ])('%s is a proper 400', async (_, path, headers) => {
    const answer = await rawAnswer(application.port, path, headers);
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n(.+\r\n)*Content-Length: \d+\r\n/);
  });

  it('a page that may come over HTTP/2 comes over HTTP/1.1', async () => {
    const headers = ['Host: a', 'Connection: Upgrade, HTTP2-Settings', 'HTTP2-Settings: AAMAAABk'];
    const answer = await rawAnswer(application.port, '/page', [...headers, 'Upgrade: h2c']);
    expect(answer).toMatch(/^HTTP\/1.1 404 Not Found\r\n/);
    expect(answer).toContain('Cannot GET /page');
  });

  it('a gateway has a port of its own', async () => {
    const registry = application.app.get(SessionRegistry);
    const port = registry.endpoints.find(({ gateway }) => gateway === 'Apart')?.port ?? 0;
    expect(port).not.toBe(application.port);
    const client = await TestClient.connect(application.url('/apart/', port));
    client.send({ type: 'where' });
    expect(await client.nextJson()).toMatchObject({ endpoint: '/apart' });
    await client.close();
    expect(await rawAnswer(port, '/ws')).toMatch(/^HTTP\/1.1 404 /);
    const plain = await fetch(`http://127.0.0.1:${String(port)}/apart`);
    expect([plain.status, plain.headers.get('upgrade')]).toEqual([426, 'websocket']);
    await application.app.close();
    await expect(fetch(`http://127.0.0.1:${String(port)}/`)).rejects.toThrow();
  });

  it('a port that is taken is an error at start', async () => {
    const taken = { path: '/taken', codec: json(), port: application.port, address: '127.0.0.1' };
    @ChainGateway(taken)
    class Taken {}
    const app = await TestApplication.create({ platform, providers: [Taken] });
    await expect(app.init()).rejects.toThrow('EADDRINUSE');
    await app.close();
  });

  it('takes its listener off the HTTP server when the application ends', async () => {
    const server = application.app.getHttpServer() as Server;
    expect(server.listenerCount('upgrade')).toBe(1);
    await application.app.close();
    expect(server.listenerCount('upgrade')).toBe(0);
  });
});
