import { Injectable, Module } from '@nestjs/common';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import {
  disconnectSlow,
  json,
  latestOnly,
  SluiceError,
  type Session,
  type TopicFilter,
} from '@sluice/engine';
import {
  ChainGateway,
  ConnectedSession,
  Filter,
  FlowControl,
  SluiceModule,
  Topic,
} from '../src/index.js';
import { IsOptional, IsString } from 'class-validator';

export interface Quote {
  readonly symbol: string;
  readonly price: number;
}

declare module '@sluice/engine' {
  interface ChainEventMap {
    'quote.changed': Quote;
  }
}

/** `{ "action": "subscribe", "symbols": ["HTR"] }`; without symbols: all quotes. */
class SubscribeQuotes {
  @IsOptional()
  @IsString({ each: true })
  readonly symbols?: string[];
}

/** Subscriptions are filed under their symbols, so a quote costs its receivers, not the connections. */
@Injectable()
class SymbolFilter implements TopicFilter<Quote, SubscribeQuotes> {
  subscriptionKeys({ symbols }: SubscribeQuotes): string[] | undefined {
    return symbols;
  }

  eventKeys({ symbol }: Quote): string[] {
    return [symbol];
  }
}

@ChainGateway({ path: '/quotes', codec: json({ command: 'action' }) })
@FlowControl(disconnectSlow({ afterMs: 5_000 }))
export class QuoteGateway {
  @SubscribeMessage('subscribe')
  subscribe(@MessageBody() body: SubscribeQuotes, @ConnectedSession() session: Session): object {
    session.subscribe('quote', body);
    return { ack: 'subscribe' };
  }

  @SubscribeMessage('unsubscribe')
  unsubscribe(@ConnectedSession() session: Session): object {
    if (!session.unsubscribe('quote')) throw new SluiceError('STATE', 'There is no subscription');
    return { ack: 'unsubscribe' };
  }

  /** Encoded once, however many sessions get it. A slow client gets the newest quote of each symbol. */
  @Topic('quote', { event: 'quote.changed' })
  @Filter(SymbolFilter)
  @FlowControl(latestOnly({ by: (quote: Quote) => quote.symbol }))
  quote(quote: Quote): object {
    return { topic: 'quote', message: quote };
  }
}

@Module({
  imports: [SluiceModule.forRoot({ limits: { connections: 5_000, connectionsPerAddress: 50 } })],
  providers: [QuoteGateway],
})
export class QuoteModule {}
