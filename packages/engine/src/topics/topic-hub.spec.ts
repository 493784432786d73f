import { describe, expect, it, jest } from '@jest/globals';
import { json } from '../codecs/json.codec.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import { MetricsRegistry } from '../metrics/metrics-registry.js';
import { fakeSession } from '../testing/fake-session.js';
import { ManualClock } from '../testing/manual-clock.js';
import { TopicHub } from './topic-hub.js';
import type { TopicDefinition, TopicFilter } from './topic.js';

interface Quote {
  readonly symbol: string;
  readonly price: number;
}
interface Wish {
  readonly symbols?: readonly string[];
  readonly above?: number;
  readonly form?: string;
}

const filter: TopicFilter<Quote, Wish | undefined> = {
  subscriptionKeys: (wish) => wish?.symbols,
  eventKeys: (quote) => [quote.symbol],
  matches: (quote, wish) => quote.price > (wish?.above ?? 0),
  variant: (wish) => wish?.form ?? '',
};

const gold: Quote = { symbol: 'gold', price: 5 };
const iron: Quote = { symbol: 'iron', price: 1 };

function setUp(definition: Partial<TopicDefinition<Quote, Wish | undefined>> = {}) {
  const clock = new ManualClock();
  const metrics = new MetricsRegistry();
  const hub = new TopicHub({ codec: json(), endpoint: '/quotes', clock, metrics });
  const render = jest.fn((quote: Quote): unknown => quote);
  hub.define<Quote, Wish | undefined>({ name: 'quote', render, filter, ...definition });
  const open = () => fakeSession({ clock, topics: hub });
  return { clock, hub, render, open, metrics };
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
    expect(sent).toEqual([[gold], [gold], [], []]);
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
    const labels = { endpoint: '/quotes', topic: 'quote' };
    expect(metrics.total(engineMetrics.messagesEncoded, labels)).toBe(2);
    expect(metrics.total(engineMetrics.messagesSent, labels)).toBe(4);
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

  it('sends strings as they stand, bytes as binary frames, values through the codec, undefined not at all', () => {
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

  it('subscribes new sessions to the topics that are for everybody', () => {
    const { hub, open } = setUp();
    hub.define({ name: 'head', render: (head) => head, autoSubscribe: true });
    const early = open();
    hub.connect(early.session);
    expect(hub.topics).toEqual(['quote', 'head']);
    expect([hub.receivers('quote'), hub.receivers('head'), hub.receivers('none')]).toEqual([
      0, 1, 0,
    ]);
    expect(early.session.subscription('head')?.keys).toBeUndefined();
    const gone = open();
    gone.session.closed();
    hub.connect(gone.session);
    expect(hub.receivers('head')).toBe(1);
  });

  it('refuses a topic that is unknown or defined twice, and a session that is not open', () => {
    const { hub, open } = setUp();
    const { session } = open();
    const code = (code: string) => expect.objectContaining({ code });
    expect(() => session.subscribe('votes')).toThrow(
      expect.objectContaining({ code: 'INVALID', details: { topic: 'votes' } }),
    );
    expect(() => hub.publish('votes', 1)).toThrow(code('INVALID'));
    expect(() => hub.define({ name: 'quote', render: () => 1 })).toThrow(code('INVALID'));
    expect(session.unsubscribe('votes')).toBe(false);
    session.close();
    expect(() => session.subscribe('quote')).toThrow(code('STATE'));
    expect(hub.receivers('quote')).toBe(0);
  });
});

describe('a subscription', () => {
  it('takes new options wholesale when the session subscribes again', () => {
    const { hub, open, clock } = setUp();
    const { session, socket } = open();
    const first = session.subscribe('quote', { symbols: ['gold'], form: 'long' });
    const again = session.subscribe('quote', { symbols: ['iron'], above: 1 });
    expect(again).toBe(first);
    expect(first.options).toEqual({ symbols: ['iron'], above: 1 });
    hub.publish('quote', gold);
    hub.publish('quote', iron);
    hub.publish('quote', { ...iron, price: 2 });
    clock.turn();
    expect(socket.json()).toEqual([{ symbol: 'iron', price: 2 }]);
    expect(hub.receivers('quote')).toBe(1);
  });

  it('gains and loses keys without a new subscription', () => {
    const { hub, open, clock } = setUp();
    const { session, socket } = open();
    const subscription = session.subscribe('quote');
    subscription.update({});
    expect(subscription.keys).toBeUndefined();
    subscription.update({ add: [] });
    hub.publish('quote', gold);
    subscription.update({ add: ['gold', 'iron'], remove: ['iron'] });
    hub.publish('quote', gold);
    hub.publish('quote', iron);
    clock.turn();
    expect(socket.json()).toEqual([gold]);
    expect([...(subscription.keys ?? [])]).toEqual(['gold']);
  });

  it('receives nothing, and changes nothing, after it has ended', () => {
    const { hub, open, clock } = setUp();
    const { session, socket } = open();
    const ended = session.subscribe('quote');
    expect(session.unsubscribe('quote')).toBe(true);
    expect(session.unsubscribe('quote')).toBe(false);
    ended.update({ add: ['gold'] });
    ended.replace(undefined);
    hub.publish('quote', gold);
    clock.turn();
    expect(socket.messages).toEqual([]);
    expect(session.subscription('quote')).toBeUndefined();
    expect(hub.receivers('quote')).toBe(0);
  });

  it('leaves nothing behind: no key, no variant, whatever options it had', () => {
    const { hub, open } = setUp();
    const sessions = [open(), open(), open()];
    sessions.forEach(({ session }, at) => {
      session.subscribe('quote', { symbols: ['gold', `own-${at}`], form: 'short' });
      session.subscribe('quote', { symbols: [`other-${at}`], form: `long-${at % 2}` });
      session.subscription('quote')?.update({ add: ['gold'] });
    });
    expect(hub.census('quote')).toEqual({ subscriptions: 3, keys: 4, variants: 2 });
    sessions[0]?.session.unsubscribe('quote');
    sessions[1]?.session.close();
    sessions[2]?.session.terminate();
    expect(hub.census('quote')).toEqual({ subscriptions: 0, keys: 0, variants: 0 });
  });

  it('ends with its session', () => {
    const { hub, open } = setUp();
    const [left, stays] = [open(), open()];
    left.session.subscribe('quote', { symbols: ['gold'] });
    stays.session.subscribe('quote', { symbols: ['gold'] });
    left.session.closed();
    expect(hub.receivers('quote')).toBe(1);
    hub.close();
    expect(hub.receivers('quote')).toBe(0);
  });
});
