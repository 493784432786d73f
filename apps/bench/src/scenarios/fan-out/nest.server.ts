import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WsAdapter } from '@nestjs/platform-ws';
import { WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import { WebSocket, type Server } from 'ws';
import type { StartServer } from '../../server/measured-server.js';
import { portOf } from '../port-of.js';
import { quoteMaker, quoteMessage, type FanOutParameters, type Quote } from './quote.js';

/** Nest's own way: the adapter for `ws`, and a loop over the clients, with the message built once. */
@WebSocketGateway({ path: '/quotes' })
class QuoteGateway {
  @WebSocketServer()
  private readonly server!: Server;

  broadcast(quote: Quote): void {
    const text = JSON.stringify(quoteMessage(quote));
    for (const client of this.server.clients) {
      if (client.readyState === WebSocket.OPEN) client.send(text);
    }
  }
}

@Module({ providers: [QuoteGateway] })
class NestModule {}

export const start: StartServer<FanOutParameters> = async (parameters) => {
  const quote = quoteMaker(parameters);
  const app = await NestFactory.create(NestModule, { logger: ['error', 'warn'] });
  app.useWebSocketAdapter(new WsAdapter(app));
  await app.listen(0, '127.0.0.1');
  const gateway = app.get(QuoteGateway);
  return {
    url: `ws://127.0.0.1:${portOf(app)}/quotes`,
    publish: (stamp) => gateway.broadcast(quote(stamp)),
  };
};
