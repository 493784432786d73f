/** Chain gateways beside gateways of other adapters, on the same port. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { json } from '@sluice/engine';
import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';
import { io, type Socket } from 'socket.io-client';
import { ChainGateway } from '../src/index.js';
import { PLATFORMS, TestApplication } from './support/application.js';
import { rawAnswer } from './support/raw-upgrade.js';

@ChainGateway({ path: '/chain', codec: json() })
class Chain {
  @SubscribeMessage('hello')
  hello() {
    return { from: 'chain' };
  }
}

@WebSocketGateway({ path: '/stock' })
class Stock {
  @SubscribeMessage('hello')
  hello() {
    return { event: 'hello', data: 'stock' };
  }
}

@WebSocketGateway()
class SocketIo {
  @SubscribeMessage('hello')
  hello(@MessageBody() name: string) {
    return `hello ${name}`;
  }
}

const ADAPTERS: [string, ((app: INestApplication) => WsAdapter) | undefined][] = [
  ['no adapter of its own', undefined],
  ["the application's WsAdapter", (app) => new WsAdapter(app)],
];

describe.each(PLATFORMS)('beside other gateways on %s', (platform) => {
  let application: TestApplication;
  let socketIo: Socket | undefined;

  afterEach(async () => {
    socketIo?.disconnect();
    await application.stop();
  });

  const expectChain = async (): Promise<void> => {
    const client = await application.connect('/chain');
    client.send({ type: 'hello' });
    expect(await client.nextJson()).toEqual({ from: 'chain' });
  };

  const expectStock = async (): Promise<void> => {
    const client = await application.connect('/stock');
    client.send({ event: 'hello' });
    expect(await client.nextJson()).toEqual({ event: 'hello', data: 'stock' });
    client.send('not JSON');
    await client.expectSilence();
  };

  it.each(ADAPTERS)('stock gateways work as ever, with %s', async (_, adapter) => {
    application = await TestApplication.start({
      platform,
      providers: [Stock, Chain],
      ...(adapter === undefined ? {} : { adapter }),
    });
    await expectChain();
    await expectStock();
    await expectChain();
  });

  it('answers an unknown path with 404 where only ours and stock gateways are', async () => {
    application = await TestApplication.start({ platform, providers: [Stock, Chain] });
    expect(await rawAnswer(application.port, '/nowhere')).toMatch(/^HTTP\/1.1 404 /);
  });

  it('Socket.IO serves its clients on the same port', async () => {
    application = await TestApplication.start({
      platform,
      providers: [SocketIo, Chain],
      adapter: (app) => new IoAdapter(app),
    });
    socketIo = io(`http://127.0.0.1:${String(application.port)}`, { transports: ['websocket'] });
    expect(await socketIo.emitWithAck('hello', 'wallet')).toBe('hello wallet');
    await expectChain();
  });

  it('HTTP polling of Socket.IO works too, and so does an upgrade from it', async () => {
    application = await TestApplication.start({
      platform,
      providers: [SocketIo, Chain],
      adapter: (app) => new IoAdapter(app),
    });
    const client = (socketIo = io(`http://127.0.0.1:${String(application.port)}`));
    const upgraded = new Promise<void>((resolve) => {
      client.io.on('open', () => {
        client.io.engine.once('upgrade', () => {
          resolve();
        });
      });
    });
    expect(await client.emitWithAck('hello', 'poller')).toBe('hello poller');
    await upgraded;
    await expectChain();
  });

  it('a plain ws server on the same HTTP server, which refuses every other path, hurts nobody', async () => {
    let plain: WebSocketServer | undefined;
    application = await TestApplication.start({
      platform,
      providers: [Chain],
      before: (app) => {
        plain = new WebSocketServer({ server: app.getHttpServer() as Server, path: '/plain' });
        plain.on('connection', (client) => {
          client.send('plain');
        });
      },
    });
    await expectChain();
    expect(await (await application.connect('/plain')).next()).toBe('plain');
    expect(await rawAnswer(application.port, '/nowhere')).toMatch(/^HTTP\/1.1 400 /);
    plain?.close();
  });

  it('two applications in one process share nothing', async () => {
    application = await TestApplication.start({ platform, providers: [Chain] });
    const other = await TestApplication.start({ platform, providers: [Stock] });
    await expectChain();
    expect(await rawAnswer(other.port, '/chain')).toMatch(/^HTTP\/1.1 404 /);
    await other.stop();
    await expectChain();
  });
});
