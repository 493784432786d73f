import 'reflect-metadata';
import { Module, type PipeTransform } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WsAdapter } from '@nestjs/platform-ws';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type WsResponse,
} from '@nestjs/websockets';
import type { WebSocket } from 'ws';
import { portOf } from '../../peers/port-of.js';
import type { MeasuredServer } from '../../server/measured-server.js';
import { ANSWER, SubscribeQuotes } from './requests.js';

/** Symbols of each client, with which nothing happens yet. */
@WebSocketGateway({ path: '/quotes' })
class QuoteGateway {
  private readonly symbols = new WeakMap<WebSocket, ReadonlySet<string>>();

  @SubscribeMessage('echo')
  echo(@MessageBody() body: { readonly id: number }): WsResponse<object> {
    return { event: 'echo', data: { answer: body.id } };
  }

  @SubscribeMessage('subscribe')
  subscribe(
    @MessageBody() body: SubscribeQuotes,
    @ConnectedSocket() client: WebSocket,
  ): WsResponse<object> {
    this.symbols.set(client, new Set(body.symbols));
    return { event: 'subscribe', data: ANSWER };
  }
}

@Module({ providers: [QuoteGateway] })
class NestModule {}

/** @param pipes of the whole application. */
export async function serveNest(...pipes: PipeTransform[]): Promise<MeasuredServer> {
  const app = await NestFactory.create(NestModule, { logger: ['error', 'warn'] });
  app.useWebSocketAdapter(new WsAdapter(app));
  app.useGlobalPipes(...pipes);
  await app.listen(0, '127.0.0.1');
  return { url: `ws://127.0.0.1:${portOf(app)}/quotes` };
}
