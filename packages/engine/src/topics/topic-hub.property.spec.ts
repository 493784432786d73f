import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fakeSession, type FakeSession } from '../testing/index.js';
import { TopicHub } from './topic-hub.js';

interface Wish {
  readonly keys: readonly string[] | undefined;
  readonly variant: string;
  readonly least: number;
}

interface Happening {
  readonly keys: readonly string[];
  readonly size: number;
}

const keys = fc.array(fc.constantFrom('a', 'b', 'c', '__proto__'), { maxLength: 3 });
const client = fc.nat({ max: 4 });
const wish = fc.record({
  keys: fc.option(keys, { nil: undefined }),
  variant: fc.constantFrom('short', 'long', 'constructor'),
  least: fc.nat({ max: 2 }),
});
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('subscribe' as const), client, wish }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('unsubscribe' as const), client }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('reconnect' as const), client }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('publish' as const),
      event: fc.record({ keys, size: fc.nat({ max: 3 }) }),
    }),
  },
);

const wants = (wish: Wish | undefined, event: Happening): wish is Wish =>
  wish !== undefined &&
  event.size >= wish.least &&
  (wish.keys === undefined || wish.keys.some((key) => event.keys.includes(key)));

describe('TopicHub, whatever is subscribed, changed and published', () => {
  it('gives every session what a look at all subscriptions gives it, rendered once per variant that is wanted', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const rendered: string[] = [];
        const hub = new TopicHub({ codec: { encode: (message) => JSON.stringify(message) } });
        hub.define<Happening & { n: number }, Wish>({
          name: 'topic',
          render: ({ n }, { variant }) => {
            rendered.push(`${n} ${variant}`);
            return `${n} ${variant}`;
          },
          filter: {
            subscriptionKeys: (wish) => wish.keys,
            eventKeys: (event) => event.keys,
            matches: (event, wish) => event.size >= wish.least,
            variant: (wish) => wish.variant,
          },
        });
        const connect = (): FakeSession => fakeSession({ topics: hub });
        const clients = Array.from({ length: 5 }, () => ({
          ...connect(),
          wish: undefined as Wish | undefined,
          expected: [] as string[],
        }));
        for (const [n, action] of steps.entries()) {
          if (action.does === 'publish') {
            rendered.length = 0;
            hub.publish('topic', { ...action.event, n });
            const receivers = clients.filter(({ wish }) => wants(wish, action.event));
            for (const { wish, expected } of receivers) expected.push(`${n} ${wish?.variant}`);
            const variants = new Set(receivers.map(({ wish }) => `${n} ${wish?.variant}`));
            expect([...rendered].sort()).toEqual([...variants].sort());
            continue;
          }
          const one = clients[action.client];
          if (one === undefined) continue;
          if (action.does === 'subscribe') {
            one.session.subscribe('topic', action.wish);
            one.wish = action.wish;
          } else if (action.does === 'unsubscribe') {
            expect(one.session.unsubscribe('topic')).toBe(one.wish !== undefined);
            one.wish = undefined;
          } else {
            one.clock.turn();
            expect(one.socket.messages).toEqual(one.expected);
            one.session.closed();
            Object.assign(one, connect(), { wish: undefined, expected: [] });
          }
        }
        for (const { session, clock, socket, expected } of clients) {
          clock.turn();
          expect(socket.messages).toEqual(expected);
          session.closed();
        }
        expect(hub.census('topic')).toEqual({ subscriptions: 0, keys: 0, variants: 0 });
      }),
      { numRuns: 150 },
    );
  });
});
