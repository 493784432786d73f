import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../arguments/usage-error.js';
import type { Wishes } from './client-dialect.js';
import { nanoDialect } from './nano.dialect.js';

const opening = (wishes: Wishes) =>
  nanoDialect
    .client(wishes)
    .open()
    .map((text) => JSON.parse(text) as object);

describe('the opening of a Nano client', () => {
  it('subscribes plainly to confirmations unless told otherwise', () => {
    expect(opening({})).toEqual([
      { action: 'subscribe', topic: 'confirmation', ack: true, id: 'confirmation' },
    ]);
  });

  it('has options where they are of use', () => {
    const wishes = {
      topics: ['confirmation', 'vote', 'telemetry'],
      accounts: ['nano_1'],
      representatives: ['nano_2'],
      options: { include_replays: 'true' },
    };
    expect(opening(wishes)).toMatchObject([
      { topic: 'confirmation', options: { include_replays: 'true', accounts: ['nano_1'] } },
      { topic: 'vote', options: { include_replays: 'true', representatives: ['nano_2'] } },
      { topic: 'telemetry' },
    ]);
    expect(opening(wishes)[2]).not.toHaveProperty('options');
  });

  it('can have options with nothing in them, which is something else than none', () => {
    expect(opening({ options: {} })).toMatchObject([{ options: {} }]);
  });

  it.each<Wishes>([
    { topics: ['vote'], accounts: ['nano_1'] },
    { representatives: ['nano_1'] },
    { topics: ['work'], options: {} },
  ])('refuses %j', (wishes) => {
    expect(() => nanoDialect.client(wishes)).toThrow(UsageError);
  });
});

describe('a message of a Nano node', () => {
  it('is an answer to a ping of this client, or of somebody else', () => {
    const { ping = '' } = nanoDialect.client({});
    const { id } = JSON.parse(ping) as { id: string };
    const pong = (of: string) =>
      nanoDialect.read(JSON.stringify({ ack: 'pong', time: '1', id: of }));
    expect([pong(id).isPong, pong('other').isPong]).toEqual([true, false]);
  });

  it('tells when it was sent', () => {
    const text = '{"topic":"started_election","time":"1674765709226","message":{"hash":"FD8639"}}';
    expect(nanoDialect.read(text)).toMatchObject({
      type: 'started_election',
      summary: 'FD8639',
      key: 'started_election FD8639',
      sentAt: 1_674_765_709_226,
    });
  });
});
