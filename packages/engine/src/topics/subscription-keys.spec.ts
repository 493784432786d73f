import { beforeEach, describe, expect, it } from '@jest/globals';
import { json } from '../codecs/json.codec.js';
import { fakeSession, type FakeSession } from '../testing/fake-session.js';
import { ManualClock } from '../testing/manual-clock.js';
import { TopicHub } from './topic-hub.js';

describe('a hub that limits the keys of a subscription to three', () => {
  let hub: TopicHub;
  let clock: ManualClock;
  let client: FakeSession;

  beforeEach(() => {
    clock = new ManualClock();
    hub = new TopicHub({ codec: json(), clock, subscriptionKeys: 3 });
    hub.define<string, readonly string[]>({
      name: 'letters',
      render: (letter) => letter,
      filter: { subscriptionKeys: (letters) => letters, eventKeys: (letter) => [letter] },
    });
    client = fakeSession({ clock, topics: hub });
  });

  const received = (...letters: string[]): unknown[] => {
    for (const letter of letters) hub.publish('letters', letter);
    clock.turn();
    return client.socket.messages.slice();
  };

  it('refuses a subscription with four, and the session has none', () => {
    expect(() => client.session.subscribe('letters', ['a', 'b', 'c', 'd'])).toThrow(
      expect.objectContaining({ code: 'LIMIT' }),
    );
    expect(client.session.subscription('letters')).toBeUndefined();
    expect(hub.census('letters')).toEqual({ subscriptions: 0, keys: 0, variants: 0 });
  });

  it('counts a key that is named again and again once', () => {
    const subscription = client.session.subscribe('letters', ['a', 'a', 'b', 'b', 'c']);
    subscription.update({ add: ['a', 'b', 'c', 'c'] });
    expect([...(subscription.keys ?? [])]).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['an update', (add: string[]) => client.session.subscription('letters')?.update({ add })],
    [
      'another subscription',
      (add: string[]) => client.session.subscribe('letters', ['a', 'b', ...add]),
    ],
  ])('leaves a subscription as it was where %s would have four', (_, ask) => {
    client.session.subscribe('letters', ['a', 'b']);
    expect(() => ask(['c', 'd'])).toThrow(expect.objectContaining({ code: 'LIMIT' }));
    expect(received('a', 'b', 'c', 'd')).toEqual(['a', 'b']);
  });

  it('has room again when keys were taken away', () => {
    const subscription = client.session.subscribe('letters', ['a', 'b', 'c']);
    subscription.update({ remove: ['a'] });
    subscription.update({ add: ['d'] });
    expect(received('a', 'b', 'c', 'd')).toEqual(['b', 'c', 'd']);
  });
});
