import 'reflect-metadata';
import { Injectable, Module, type PipeTransform } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { json, type Session, type TopicFilter } from '@sluice/engine';
import { ChainGateway, ConnectedSession, Filter, SluiceModule, Topic } from '@sluice/nestjs';
import type { Quote } from '../../broadcast/quote.js';
import { portOf } from '../../peers/port-of.js';
import type { MeasuredServer } from '../../server/measured-server.js';
import '../../broadcast/quote-event.js';
import { ANSWER, SubscribeQuotes } from './requests.js';

@Injectable()
class SymbolFilter implements TopicFilter<Quote, SubscribeQuotes> {
  subscriptionKeys({ symbols }: SubscribeQuotes): string[] {
    return symbols;
  }

  eventKeys({ symbol }: Quote): string[] {
    return [symbol];
  }
}

@ChainGateway({ path: '/quotes', codec: json({ command: 'action' }) })
class QuoteGateway {
  @SubscribeMessage('echo')
  echo(@MessageBody() body: { readonly id: number }): object {
    return { answer: body.id };
  }

  @SubscribeMessage('subscribe')
  subscribe(@MessageBody() body: SubscribeQuotes, @ConnectedSession() session: Session): object {
    session.subscribe('quote', body);
    return ANSWER;
  }

  @Topic('quote', { event: 'quote.changed' })
  @Filter(SymbolFilter)
  quote(quote: Quote): object {
    return quote;
  }
}

@Module({
  imports: [
    SluiceModule.forRoot({
      limits: { connectionsPerAddress: Infinity, commandsPerSecond: Infinity },
    }),
  ],
  providers: [QuoteGateway],
})
class QuoteModule {}

/** @param pipes of the whole application. */
export async function serveGateway(...pipes: PipeTransform[]): Promise<MeasuredServer> {
  const app = await NestFactory.create(QuoteModule, { logger: ['error', 'warn'] });
  app.useGlobalPipes(...pipes);
  await app.listen(0, '127.0.0.1');
  return { url: `ws://127.0.0.1:${portOf(app)}/quotes` };
}
