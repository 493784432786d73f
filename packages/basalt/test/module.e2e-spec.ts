/** Ways to mount it. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { INestApplication } from '@nestjs/common';
import { EventBus } from '@sluice/engine';
import { SessionRegistry, SluiceModule } from '@sluice/nestjs';
import { TestClient } from '@sluice/testing';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import * as api from '../src/index.js';
import * as relay from '../src/relay/index.js';
import { BasaltModule, type BasaltOptions } from '../src/index.js';
import { toyBlock } from './support/toy-blocks.js';

@Controller('own')
class OwnController {
  @Get()
  own() {
    return { own: true };
  }
}

let app: INestApplication | undefined;

afterEach(async () => {
  await app?.close();
  app = undefined;
});

async function start(options: BasaltOptions, platform = 'express'): Promise<INestApplication> {
  @Module({
    imports: [
      SluiceModule.forRoot(),
      BasaltModule.forRootAsync({ useFactory: () => Promise.resolve(options) }),
    ],
    controllers: [OwnController],
  })
  class RootModule {}
  const http = platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
  app = await NestFactory.create(RootModule, http, { logger: false, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  return app;
}

describe.each(['express', 'fastify'])('BasaltModule on %s', (platform) => {
  it('mounts the stream on a port of its own, which it shares with the application', async () => {
    const running = await start({ port: 'free', address: '127.0.0.1' }, platform);
    const [endpoint] = running.get(SessionRegistry).endpoints;
    const host = `127.0.0.1:${String(endpoint?.port)}`;
    expect(await (await fetch(`http://${host}/own`)).json()).toEqual({ own: true });
    await using client = await TestClient.connect(`ws://${host}/ws/blocks`);
    await client.ping();
    await running.get(EventBus).publish('basalt.block', toyBlock(1));
    expect(await client.nextJson()).toMatchObject({ type: 'new_block' });
  });

  it('mounts the stream on the application’s own server', async () => {
    const running = await start({ port: 'application' }, platform);
    const url = await running.getUrl();
    await using client = await TestClient.connect(`${url.replace('http', 'ws')}/WS/blocks/`);
    await client.ping();
    await running.get(EventBus).publish('basalt.block', toyBlock(1));
    expect(await client.nextJson()).toMatchObject({ type: 'new_block' });
    for (const path of ['/ws/blocks', '/ws/Blocks/?a']) {
      const plain = await fetch(url + path, { method: 'POST' });
      expect([plain.status, await plain.text()]).toEqual([400, 'WebSocket connection required.']);
    }
    for (const changed of [{ 'sec-websocket-version': '8' }, { 'sec-websocket-key': 'short' }]) {
      const outgoing = request(`${url}/ws/blocks`, {
        headers: {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
          ...changed,
        },
      }).end();
      const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
      expect([answer.statusCode, await text(answer)]).toEqual([
        400,
        'WebSocket connection required.',
      ]);
    }
    expect(await (await fetch(`${url}/own`)).json()).toEqual({ own: true });
  });
});

describe('BasaltModule', () => {
  it('basalt §14.18 does not start in RPC mode without a source', async () => {
    await expect(start({ mode: 'rpc', port: 'free' })).rejects.toThrow('BASALT_SYNC_SOURCE');
  });

  it('listens on all addresses of localhost by default', async () => {
    const running = await start({ port: 'free' });
    const [endpoint] = running.get(SessionRegistry).endpoints;
    const answer = await fetch(`http://localhost:${String(endpoint?.port)}/ws/blocks`);
    expect(answer.status).toBe(400);
  });

  it('exports exactly this', () => {
    expect(Object.keys(api).sort()).toEqual([
      'BasaltBlocks',
      'BasaltChain',
      'BasaltFollower',
      'BasaltModule',
      'BlockGateway',
      'basaltEnvironment',
      'blockDocument',
      'blockMessage',
    ]);
    expect(Object.keys(relay).sort()).toEqual([
      'BasaltSource',
      'FollowedBlocks',
      'PollFollower',
      'SourceAnswerError',
      'SourceTimeoutError',
      'StreamFollower',
      'readBlock',
      'readMessage',
    ]);
  });
});
