import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventBus, json } from '@sluice/engine';
import { ChainGateway, SluiceModule, Topic } from '@sluice/nestjs';
import type { StartServer } from '../server/measured-server.js';
import { portOf } from '../peers/port-of.js';
import { quoteMaker, quoteMessage, type BroadcastParameters, type Quote } from './quote.js';
import './quote-event.js';

@ChainGateway({ path: '/quotes', codec: json({ command: 'action' }) })
class QuoteGateway {
  @Topic('quote', { event: 'quote.changed', autoSubscribe: true })
  quote(quote: Quote): object {
    return quoteMessage(quote);
  }
}

@Module({
  imports: [
    SluiceModule.forRoot({
      limits: {
        connections: Infinity,
        connectionsPerAddress: Infinity,
        upgradesPerSecond: Infinity,
      },
    }),
  ],
  providers: [QuoteGateway],
})
class QuoteModule {}

export const start: StartServer<BroadcastParameters> = async (parameters) => {
  const quote = quoteMaker(parameters);
  const app = await NestFactory.create(QuoteModule, { logger: ['error', 'warn'] });
  await app.listen(0, '127.0.0.1');
  const bus = app.get(EventBus);
  return {
    url: `ws://127.0.0.1:${portOf(app)}/quotes`,
    publish: (stamp) => bus.publish('quote.changed', quote(stamp)),
  };
};
