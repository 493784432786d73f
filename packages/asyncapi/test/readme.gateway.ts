import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { json, objectSchema, type Session } from '@sluice/engine';
import { ChainGateway, ConnectedSession, Topic, type WireContract } from '@sluice/nestjs';
import { IsString } from 'class-validator';
import { interval, map, type Observable } from 'rxjs';

class Subscribe {
  @IsString()
  readonly symbol!: string;
}

const contract: WireContract = {
  title: 'Quotes',
  description: 'Prices as they change.',
  messages: {
    subscribed: { payload: objectSchema({ ack: { const: 'subscribe' } }) },
    quote: {
      summary: 'A price has changed',
      payload: objectSchema({ symbol: { type: 'string' }, price: { type: 'number' } }),
      examples: [{ payload: { symbol: 'HTR', price: 0.03 } }],
    },
  },
  commands: { subscribe: { replies: ['subscribed'] } },
  closes: [{ code: 1013, when: 'the client does not keep up' }],
};

@ChainGateway({ path: '/quotes', codec: json({ command: 'action' }), contract })
export class QuoteGateway {
  @SubscribeMessage('subscribe')
  subscribe(@MessageBody() _body: Subscribe, @ConnectedSession() session: Session): object {
    session.subscribe('quote');
    return { ack: 'subscribe' };
  }

  @Topic('quote')
  quotes(): Observable<object> {
    return interval(1000).pipe(map((price) => ({ symbol: 'HTR', price })));
  }
}
