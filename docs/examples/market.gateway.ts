import { Injectable, Module, UsePipes, ValidationPipe } from '@nestjs/common';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import {
  disconnectSlow,
  dropOldest,
  json,
  latestOnly,
  type Session,
  type TopicContext,
  type TopicFilter,
} from '@sluice/engine';
import {
  ChainGateway,
  ConnectedSession,
  Filter,
  FlowControl,
  SluiceModule,
  Topic,
} from '@sluice/nestjs';
import { IsArray, IsBoolean, IsNumber, IsOptional, IsString } from 'class-validator';
import { Subject, type Observable } from 'rxjs';

// #region events
export interface Trade {
  readonly market: string;
  readonly price: number;
  readonly size: number;
  readonly maker: string;
}

declare module '@sluice/engine' {
  interface ChainEventMap {
    'trade.done': Trade;
    'market.price': { readonly market: string; readonly price: number };
  }
}
// #endregion events

// #region request
/** `{ "op": "trades", "markets": ["XNO"], "minSize": 10, "full": true }` */
class TradesRequest {
  @IsArray()
  @IsString({ each: true })
  readonly markets!: string[];

  @IsOptional()
  @IsNumber()
  readonly minSize?: number;

  @IsOptional()
  @IsBoolean()
  readonly full?: boolean;
}
// #endregion request

// #region filter
@Injectable()
class TradeFilter implements TopicFilter<Trade, TradesRequest> {
  /** Where the subscription is filed. */
  subscriptionKeys({ markets }: TradesRequest): string[] {
    return markets;
  }

  /** Where an event looks for its receivers. */
  eventKeys({ market }: Trade): string[] {
    return [market];
  }

  /** What keys cannot say; asked for the receivers that the keys have found. */
  matches({ size }: Trade, { minSize = 0 }: TradesRequest): boolean {
    return size >= minSize;
  }

  /** Forms of the message: each is made once, whoever asks for it. */
  variant({ full = false }: TradesRequest): string {
    return full ? 'full' : 'brief';
  }
}
// #endregion filter

/** Where operators' notices come from. */
@Injectable()
export class Notices {
  readonly texts = new Subject<string>();
}

// #region endpoint
@ChainGateway({ path: '/markets', codec: json({ command: 'op', id: 'id' }) })
@FlowControl(disconnectSlow({ afterMs: 5_000 }))
@UsePipes(new ValidationPipe())
export class MarketGateway {
  constructor(private readonly notices: Notices) {}
  // #endregion endpoint

  // #region commands
  @SubscribeMessage('trades')
  trades(@MessageBody() request: TradesRequest, @ConnectedSession() session: Session): object {
    session.subscribe('trade', request);
    return { ok: true };
  }

  @SubscribeMessage('prices')
  prices(@ConnectedSession() session: Session): object {
    session.subscribe('price');
    return { ok: true };
  }
  // #endregion commands

  // #region topics
  @Topic('trade', { event: 'trade.done' })
  @Filter(TradeFilter)
  @FlowControl(dropOldest({ messages: 500 }))
  trade({ maker, ...trade }: Trade, { variant }: TopicContext<TradesRequest>): object {
    return { trade: variant === 'full' ? { ...trade, maker } : trade };
  }

  @Topic('price', { event: 'market.price' })
  @FlowControl(latestOnly<{ market: string }>({ by: ({ market }) => market }))
  price(price: { readonly market: string; readonly price: number }): object {
    return { price };
  }

  /** One subscription of the Observable, for all sessions. */
  @Topic('notice', { autoSubscribe: true })
  notice(): Observable<unknown> {
    return this.notices.texts;
  }
  // #endregion topics
}

// #region module
@Module({ imports: [SluiceModule.forRoot()], providers: [MarketGateway, Notices] })
export class MarketModule {}
// #endregion module
