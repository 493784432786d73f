import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WsAdapter } from '@nestjs/platform-ws';
import { WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import { WebSocket, type Server } from 'ws';
import { portOf } from '../peers/port-of.js';
import type { StartServer } from '../server/measured-server.js';
import { quoteMaker, quoteMessage, type BroadcastParameters, type Quote } from './quote.js';

/** What one finds in applications: a loop over the clients, each sent what is to be said. */
@WebSocketGateway({ path: '/quotes' })
class QuoteGateway {
  @WebSocketServer()
  private readonly server!: Server;

  broadcast(quote: Quote): void {
    for (const client of this.server.clients) {
      if (client.readyState !== WebSocket.OPEN) continue;
      client.send(JSON.stringify(quoteMessage(quote)));
    }
  }
}

@Module({ providers: [QuoteGateway] })
class NestModule {}

export const start: StartServer<BroadcastParameters> = async (parameters) => {
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
