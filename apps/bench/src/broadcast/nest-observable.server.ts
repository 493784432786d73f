import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway, type WsResponse } from '@nestjs/websockets';
import { map, startWith, Subject, type Observable } from 'rxjs';
import { portOf } from '../peers/port-of.js';
import type { StartServer } from '../server/measured-server.js';
import { quoteMaker, type BroadcastParameters, type Quote } from './quote.js';

/** Nest's own way to answer more than once: a handler that returns an Observable. */
@WebSocketGateway({ path: '/quotes' })
class QuoteGateway {
  readonly quotes = new Subject<Quote>();

  @SubscribeMessage('follow')
  follow(): Observable<WsResponse<Quote | undefined>> {
    return this.quotes.pipe(
      map((data) => ({ event: 'quote', data })),
      startWith({ event: 'following', data: undefined }),
    );
  }
}

@Module({ providers: [QuoteGateway] })
class NestModule {}

export const start: StartServer<BroadcastParameters> = async (parameters) => {
  const quote = quoteMaker(parameters);
  const app = await NestFactory.create(NestModule, { logger: ['error', 'warn'] });
  app.useWebSocketAdapter(new WsAdapter(app));
  await app.listen(0, '127.0.0.1');
  const { quotes } = app.get(QuoteGateway);
  return {
    url: `ws://127.0.0.1:${portOf(app)}/quotes`,
    publish: (stamp) => quotes.next(quote(stamp)),
  };
};
