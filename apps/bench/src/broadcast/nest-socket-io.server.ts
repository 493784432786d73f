import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WebSocketGateway, WebSocketServer, type OnGatewayConnection } from '@nestjs/websockets';
import type { Server, Socket } from 'socket.io';
import { portOf } from '../peers/port-of.js';
import type { StartServer } from '../server/measured-server.js';
import { quoteMaker, type BroadcastParameters, type Quote } from './quote.js';

const ROOM = 'quote';

/** Nest with Socket.IO, everybody in one room. */
@WebSocketGateway({ transports: ['websocket'] })
class QuoteGateway implements OnGatewayConnection<Socket> {
  @WebSocketServer()
  private readonly server!: Server;

  async handleConnection(client: Socket): Promise<void> {
    await client.join(ROOM);
  }

  broadcast(quote: Quote): void {
    this.server.to(ROOM).emit('quote', quote);
  }
}

@Module({ providers: [QuoteGateway] })
class NestModule {}

export const start: StartServer<BroadcastParameters> = async (parameters) => {
  const quote = quoteMaker(parameters);
  const app = await NestFactory.create(NestModule, { logger: ['error', 'warn'] });
  app.useWebSocketAdapter(new IoAdapter(app));
  await app.listen(0, '127.0.0.1');
  const gateway = app.get(QuoteGateway);
  return {
    url: `ws://127.0.0.1:${portOf(app)}/socket.io/?EIO=4&transport=websocket`,
    publish: (stamp) => gateway.broadcast(quote(stamp)),
  };
};
