import { describe, expect, it, jest } from '@jest/globals';
import { json } from '../codecs/json.codec.js';
import type { MetricLabels, MetricName, Metrics } from '../metrics/metrics.js';
import { fakeSession } from '../testing/fake-session.js';
import { ManualClock } from '../testing/manual-clock.js';
import { TopicHub, type TopicFault } from './topic-hub.js';
import type { TopicDefinition, TopicFilter } from './topic.js';

interface Quote {
  readonly symbol: string;
  readonly price: number;
}
interface QuoteOptions {
  readonly symbols?: readonly string[];
  readonly above?: number;
  readonly form?: string;
}

const quoteFilter: TopicFilter<Quote, QuoteOptions | undefined> = {
  subscriptionKeys: (options) => options?.symbols,
  eventKeys: (quote) => [quote.symbol],
  matches: (quote, options) => quote.price > (options?.above ?? 0),
  variant: (options) => options?.form ?? '',
};

const gold: Quote = { symbol: 'gold', price: 5 };
const iron: Quote = { symbol: 'iron', price: 1 };

class CountingMetrics implements Metrics {
  readonly totals = new Map<string, number>();
  count(name: MetricName, by = 1, labels: MetricLabels = {}): void {
    const key = [name, ...Object.values(labels)].join(' ');
    this.totals.set(key, (this.totals.get(key) ?? 0) + by);
  }
}

function setUp(definition: Partial<TopicDefinition<Quote, QuoteOptions | undefined>> = {}) {
  const clock = new ManualClock();
  const metrics = new CountingMetrics();
  const faults: [string, TopicFault][] = [];
  const hub = new TopicHub({
    codec: json(),
    endpoint: '/quotes',
    clock,
    metrics,
    onError: (error, fault) => faults.push([(error as Error).message, fault]),
  });
  const render = jest.fn((quote: Quote): unknown => ({ quote }));
  hub.define<Quote, QuoteOptions | undefined>({
    name: 'quote',
    render,
    filter: quoteFilter,
    ...definition,
  });
  const open = () => fakeSession({ clock, topics: hub });
  return { clock, hub, render, open, metrics, faults };
}

describe('TopicHub', () => {
  it('sends an event to the sessions whose filter lets it through', () => {
    const { hub, open, clock } = setUp();
    const [all, keyed, picky, other] = [open(), open(), open(), open()];
    all.session.subscribe('quote');
    keyed.session.subscribe('quote', { symbols: ['gold', 'tin'] });
    picky.session.subscribe('quote', { symbols: ['gold'], above: 5 });
    other.session.subscribe('quote', { symbols: ['iron'] });
    hub.publish('quote', gold);
    clock.turn();
    const sent = [all, keyed, picky, other].map(({ socket }) => socket.json());
    expect(sent).toEqual([[{ quote: gold }], [{ quote: gold }], [], []]);
  });

  it('renders an event once for all sessions of a variant, and not at all without a receiver', () => {
    const { hub, open, render, metrics } = setUp();
    for (const form of ['short', 'long', 'short', 'long']) {
      open().session.subscribe('quote', { symbols: ['gold'], form });
    }
    hub.publish('quote', iron);
    expect(render).not.toHaveBeenCalled();
    hub.publish('quote', gold);
    expect(render.mock.calls.map(([quote]) => quote)).toEqual([gold, gold]);
    expect(metrics.totals.get('events_encoded /quotes quote')).toBe(2);
    expect(metrics.totals.get('messages_sent /quotes quote')).toBe(4);
  });

  it('tells the renderer the variant, its options and the time of the event', () => {
    const render = jest.fn(() => 'x');
    const { hub, open, clock } = setUp({ render });
    open().session.subscribe('quote', { form: 'short' });
    hub.publish('quote', gold, 17);
    hub.publish('quote', gold);
    const context = { variant: 'short', options: { form: 'short' }, throttled: false };
    expect(render.mock.calls).toEqual([
      [gold, { ...context, time: 17 }],
      [gold, { ...context, time: clock.now() }],
    ]);
  });

  it('sends strings as they stand, bytes as binary frames and values through the codec', () => {
    const messages: unknown[] = ['as it stands', Buffer.from([1, 2]), { n: 2n ** 64n }, null];
    const { hub, open, clock } = setUp({ render: ({ price }) => messages[price - 1] });
    const { session, socket } = open();
    session.subscribe('quote');
    for (let price = 1; price <= 5; price++) hub.publish('quote', { symbol: '', price });
    clock.turn();
    expect(socket.messages).toEqual([
      'as it stands',
      Buffer.from([1, 2]),
      '{"n":18446744073709551616}',
      'null',
    ]);
  });
});
