import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable, Scope, type Type } from '@nestjs/common';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import {
  disconnectSlow,
  EventBus,
  json,
  type FlowControl as Control,
  type FlowMessage,
  type Session,
  type TopicContext,
  type TopicFilter,
} from '@sluice/engine';
import { Subject, type Observable } from 'rxjs';
import {
  ChainGateway,
  ConnectedSession,
  Filter,
  FlowControl,
  SessionRegistry,
  Topic,
} from '../src/index.js';
import { RecordingLogger } from './support/recording-logger.js';
import { TestApplication } from './support/application.js';
import { until } from './support/until.js';

interface Trade {
  readonly symbol: string;
  readonly price: number;
}

declare module '@sluice/engine' {
  interface ChainEventMap {
    'trade.done': Trade;
    'market.closed': string;
    'market.opened': { readonly market: string };
  }
}

interface Wanted {
  readonly symbols?: string[];
  readonly brief?: boolean;
}

@Injectable()
class Symbols {
  readonly known = new Set(['HTR', 'XNO']);
}

@Injectable()
class SymbolFilter implements TopicFilter<Trade, Wanted> {
  constructor(private readonly symbols: Symbols) {}

  subscriptionKeys({ symbols }: Wanted): string[] | undefined {
    return symbols?.filter((symbol) => this.symbols.known.has(symbol));
  }

  eventKeys({ symbol }: Trade): string[] {
    return [symbol];
  }

  variant({ brief }: Wanted): string {
    return brief === true ? 'brief' : 'full';
  }
}

const flows: string[] = [];
const recorded = (name: string): Control => ({
  scope: 'session',
  create: (outlet) => ({
    ...disconnectSlow().create(outlet),
    offer: ({ frame }: FlowMessage) => {
      flows.push(name);
      outlet.write(frame);
    },
    held: { messages: 0, bytes: 0 },
  }),
});

let rendered = 0;
const ticks = new Subject<object>();

@FlowControl(recorded('class'))
@ChainGateway({ path: '/trades', codec: json() })
class TradesGateway {
  private readonly name = 'trades';

  @SubscribeMessage('subscribe')
  subscribe(@MessageBody() { options }: { options: Wanted }, @ConnectedSession() session: Session) {
    session.subscribe('trade', options);
    return { ack: true };
  }

  @Topic('trade', { event: 'trade.done' })
  @Filter(SymbolFilter)
  @FlowControl(recorded('method'))
  trade(trade: Trade, { variant }: TopicContext<Wanted>) {
    rendered++;
    return variant === 'brief' ? { price: trade.price } : { topic: this.name, ...trade };
  }

  @Topic('hours', { event: ['market.closed', 'market.opened'], autoSubscribe: true })
  hours(market: string | { readonly market: string }) {
    return typeof market === 'string' ? { closed: market } : { opened: market.market };
  }

  @Topic('tick', { autoSubscribe: true })
  tick(): Observable<object> {
    return ticks;
  }
}

describe('topics', () => {
  let application: TestApplication;
  let bus: EventBus;
  let logger: RecordingLogger;

  beforeEach(async () => {
    flows.length = rendered = 0;
    logger = new RecordingLogger();
    application = await TestApplication.start({ providers: [TradesGateway, Symbols], logger });
    bus = application.app.get(EventBus);
  });

  afterEach(() => application.stop());

  const subscribed = async (options: Wanted) => {
    const client = await application.connect('/trades');
    client.send({ type: 'subscribe', options });
    await client.next();
    return client;
  };

  it('an event reaches the sessions whose filter wants it, rendered once per variant', async () => {
    const all = await subscribed({});
    const htr = await subscribed({ symbols: ['HTR'] });
    const brief = await subscribed({ symbols: ['XNO', 'HTR', 'unknown'], brief: true });
    await bus.publish('trade.done', { symbol: 'HTR', price: 1 });
    await bus.publish('trade.done', { symbol: 'XNO', price: 2 });
    await bus.publish('trade.done', { symbol: 'unknown', price: 3 });
    expect(await all.takeJson<Trade>(3)).toMatchObject([{ price: 1 }, { price: 2 }, { price: 3 }]);
    expect(await htr.nextJson()).toEqual({ topic: 'trades', symbol: 'HTR', price: 1 });
    expect(await brief.takeJson(2)).toEqual([{ price: 1 }, { price: 2 }]);
    await htr.expectSilence();
    await brief.expectSilence();
    expect(rendered).toBe(5);
  });

  it('nothing is rendered without a receiver', async () => {
    await bus.publish('trade.done', { symbol: 'HTR', price: 1 });
    expect(rendered).toBe(0);
  });

  it('every session receives a topic with autoSubscribe', async () => {
    const client = await application.connect('/trades');
    await client.ping();
    await bus.publish('market.closed', 'NYSE');
    expect(await client.nextJson()).toEqual({ closed: 'NYSE' });
  });

  it('a topic may render several events', async () => {
    const client = await application.connect('/trades');
    await client.ping();
    await bus.publish('market.opened', { market: 'TSE' });
    await bus.publish('market.closed', 'NYSE');
    expect(await client.takeJson(2)).toEqual([{ opened: 'TSE' }, { closed: 'NYSE' }]);
  });

  it('the registry knows how many sessions are subscribed to a topic', async () => {
    const client = await subscribed({});
    await subscribed({});
    const [status] = application.app.get(SessionRegistry).endpoints;
    const counts = () => application.app.get(SessionRegistry).endpoints[0]?.topics;
    expect(status?.topics.get('trade')).toBe(2);
    expect([...(counts()?.keys() ?? [])].sort()).toEqual(['hours', 'tick', 'trade']);
    await client.close();
    await until(() => counts()?.get('trade') === 1);
  });

  it('a topic without an event is subscribed to once and sends what its Observable emits', async () => {
    const clients = [await application.connect('/trades'), await application.connect('/trades')];
    for (const client of clients) await client.ping();
    expect(ticks.observed).toBe(true);
    ticks.next({ tick: 1 });
    for (const client of clients) expect(await client.nextJson()).toEqual({ tick: 1 });
    await application.app.close();
    expect(ticks.observed).toBe(false);
  });

  it("flow control of a method comes before its class's", async () => {
    const client = await subscribed({});
    await bus.publish('trade.done', { symbol: 'HTR', price: 1 });
    await bus.publish('market.closed', 'NYSE');
    await client.take(2);
    expect(flows).toEqual(['method', 'class']);
  });

  it('a topic Observable that fails is logged and hurts nobody', async () => {
    const client = await application.connect('/trades');
    await client.ping();
    ticks.error(new Error('feed is gone'));
    expect(logger.at('error').join()).toContain('feed is gone');
    await client.expectSilence();
  });
});

describe('topics that cannot work', () => {
  @ChainGateway({ path: '/twice', codec: json() })
  class Twice {
    @Topic('same', { event: 'market.closed' })
    one(market: string): string {
      return market;
    }

    @Topic('same', { event: 'market.closed' })
    two(market: string): string {
      return market;
    }
  }

  @Injectable({ scope: Scope.REQUEST })
  class Scoped {}

  @ChainGateway({ path: '/scoped', codec: json() })
  class ScopedTopics {
    constructor(readonly scoped: Scoped) {}

    @Topic('any', { event: 'market.closed' })
    any(market: string): string {
      return market;
    }
  }

  it.each<[string, Type[], RegExp]>([
    ['defined twice', [Twice], /same is defined twice/],
    ['in a request-scoped gateway', [ScopedTopics, Scoped], /request-scoped.* any /],
  ])('a topic %s is refused at start', async (_, providers, message) => {
    const app = await TestApplication.create({ providers });
    await expect(app.init()).rejects.toThrow(message);
    await app.close();
  });
});
