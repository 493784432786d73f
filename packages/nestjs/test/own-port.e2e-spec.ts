/** What plain HTTP requests get on a port that a gateway has for itself. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Post } from '@nestjs/common';
import { SubscribeMessage } from '@nestjs/websockets';
import { json } from '@sluice/engine';
import { TestClient } from '@sluice/testing';
import { EventEmitter, once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { ChainGateway, SessionRegistry, type ChainGatewayOptions } from '../src/index.js';
import { PLATFORMS, TestApplication, type Platform } from './support/application.js';

@Controller('v1')
class BlockController {
  @Get('blocks/latest')
  latest() {
    return { number: 7 };
  }

  @Post('echo')
  echo(@Body() body: object) {
    return body;
  }
}

let application: TestApplication | undefined;

afterEach(async () => {
  await application?.stop();
  application = undefined;
});

async function start(
  platform: Platform,
  options: Partial<ChainGatewayOptions>,
): Promise<{ http: string; ws: string }> {
  @ChainGateway({ path: '/ws/blocks', codec: json(), port: 'free', ...options })
  class BlockGateway {
    @SubscribeMessage('hello')
    hello() {
      return { hello: true };
    }
  }
  application = await TestApplication.start({
    platform,
    providers: [BlockGateway],
    controllers: [BlockController],
  });
  const [endpoint] = application.app.get(SessionRegistry).endpoints;
  const host = `127.0.0.1:${String(endpoint?.port)}`;
  return { http: `http://${host}`, ws: `ws://${host}/ws/blocks` };
}

describe.each(PLATFORMS)('A port of its own (%s)', (platform) => {
  it('serves the routes of the application beside the endpoint', async () => {
    const { http, ws } = await start(platform, { http: 'application' });
    const answer = await fetch(`${http}/v1/blocks/latest`);
    expect(await answer.json()).toEqual({ number: 7 });
    const echoed = await fetch(`${http}/v1/echo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"a":[1]}',
    });
    expect(await echoed.json()).toEqual({ a: [1] });
    expect((await fetch(`${http}/nowhere`)).status).toBe(404);
    const client = await TestClient.connect(ws);
    client.send({ type: 'hello' });
    expect(await client.nextJson()).toEqual({ hello: true });
    await client.close();
  });

  it('answers as a function says', async () => {
    const { http } = await start(platform, {
      http: (_, response) => response.writeHead(400).end('WebSocket only'),
    });
    const answer = await fetch(`${http}/v1/blocks/latest`);
    expect([answer.status, await answer.text()]).toEqual([400, 'WebSocket only']);
  });

  it('waits for no client that was refused and does not let go', async () => {
    const { http } = await start(platform, { http: (_, response) => response.end() });
    const { hostname, port } = new URL(http);
    const client = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    client.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await once(client.resume(), 'end');
    await application?.stop();
    application = undefined;
    client.destroy();
  });

  it('waits for no answer that never ends', async () => {
    const server = new EventEmitter();
    const { http } = await start(platform, { http: () => server.emit('asked') });
    const asked = once(server, 'asked');
    const { hostname, port } = new URL(http);
    const client = connect(Number(port), hostname);
    client.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await asked;
    await application?.stop();
    application = undefined;
    client.destroy();
  });

  it.each<[string, NonNullable<ChainGatewayOptions['http']>, number, string]>([
    ['the application', 'application', 200, '{"number":7}'],
    [
      'a function',
      (_, response) => response.writeHead(400).end('sockets only'),
      400,
      'sockets only',
    ],
  ])('%s also answers upgrades that no endpoint takes', async (_, http, status, body) => {
    const { ws } = await start(platform, { http });
    const refusal = await TestClient.refused(ws.replace('/ws/blocks', '/v1/blocks/latest'));
    expect(refusal).toMatchObject({ status, body });
  });

  it.each([
    ['another method', 'POST', {}],
    ['another protocol', 'GET', { upgrade: 'h2c' }],
    ['another version', 'GET', { 'sec-websocket-version': '7' }],
    ['a short key', 'GET', { 'sec-websocket-key': 'dGVzdA==' }],
  ])('an upgrade with %s is a plain request', async (_, method, changed) => {
    const { http } = await start(platform, {
      http: ({ method: seen }, response) => response.writeHead(400).end(`plain ${String(seen)}`),
    });
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...changed,
    };
    const outgoing = request(`${http}/ws/blocks`, { method, headers }).end();
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect([answer.statusCode, await text(answer)]).toEqual([400, `plain ${method}`]);
  });

  it('asks for an upgrade by default', async () => {
    const { http } = await start(platform, {});
    expect((await fetch(`${http}/v1/blocks/latest`)).status).toBe(426);
  });

  it.each([
    ['of a list', ['127.0.0.1', '127.0.0.2'], ['127.0.0.1', '127.0.0.2']],
    ['of a name', 'localhost', ['localhost']],
  ])('is open at every address %s', async (_, address, hosts) => {
    const { http, ws } = await start(platform, { address, http: 'application' });
    for (const host of hosts) {
      const answer = await fetch(`${http.replace('127.0.0.1', host)}/v1/blocks/latest`);
      expect(answer.status).toBe(200);
      const client = await TestClient.connect(ws.replace('127.0.0.1', host));
      client.send({ type: 'hello' });
      expect(await client.nextJson()).toEqual({ hello: true });
      await client.close();
    }
    await application?.app.close();
    for (const host of hosts) {
      await expect(fetch(http.replace('127.0.0.1', host))).rejects.toThrow('fetch failed');
    }
  });

  it('cannot answer in two ways', async () => {
    const port = 65_000;
    @ChainGateway({ path: '/a', codec: json(), port, http: 'application' })
    class First {}
    @ChainGateway({ path: '/b', codec: json(), port, http: () => undefined })
    class Second {}
    const app = await TestApplication.create({ platform, providers: [First, Second] });
    await expect(app.init()).rejects.toThrow('Port 65000 is to answer plain requests in two ways');
    await app.close();
  });
});
