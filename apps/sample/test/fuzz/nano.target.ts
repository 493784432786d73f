import { expect } from '@jest/globals';
import { parseJson } from '@sluice/engine';
import { TestClient } from '@sluice/testing';
import type { NanoSource } from '../../src/nano/nano-source.js';
import { NANO_SOURCE } from '../../src/nano/nano-source.js';
import type { FuzzTarget } from './fuzz-target.js';

type Message = Readonly<Record<string, unknown>>;

const TOPICS = [
  'confirmation',
  'started_election',
  'stopped_election',
  'new_unconfirmed_block',
  'vote',
  'telemetry',
  'active_difficulty',
  'work',
  'bootstrap',
];

/** The node's socket (contract 4). */
export const nano: FuzzTarget = {
  name: 'nano',
  dialect: 'nano',
  url: ({ urls }) => urls.ws ?? '',
  examples(sample) {
    const { chain } = sample.get<NanoSource>(NANO_SOURCE);
    const accounts = chain.keys.wallet.accounts.slice(0, 3);
    const subscribe = { action: 'subscribe', ack: true, id: '7' };
    const confirmation = { ...subscribe, topic: 'confirmation' };
    return [
      { action: 'ping', id: 'x' },
      ...TOPICS.map((topic) => ({ ...subscribe, topic })),
      ...TOPICS.map((topic) => ({ action: 'unsubscribe', topic, ack: true })),
      {
        ...confirmation,
        options: {
          confirmation_type: 'active_quorum',
          accounts,
          include_block: 'false',
          include_election_info: true,
        },
      },
      {
        ...confirmation,
        options: {
          confirmation_type: 'all',
          all_local_accounts: true,
          include_sideband_info: true,
        },
      },
      {
        ...subscribe,
        topic: 'vote',
        options: { representatives: accounts, include_replays: true },
      },
      {
        action: 'update',
        topic: 'confirmation',
        ack: true,
        options: { accounts_add: accounts, accounts_del: [accounts[0]] },
      },
    ];
  },
  check(text) {
    const message = parseJson(text) as Message;
    if ('ack' in message) {
      expect(message.ack).toMatch(/^(subscribe|update|unsubscribe|pong)$/);
    } else {
      expect(TOPICS).toContain(message.topic);
    }
    expect(message.time).toMatch(/^\d{13}$/);
  },
  async witness(sample) {
    await using client = await TestClient.connect(this.url(sample));
    client.send({ action: 'subscribe', topic: 'new_unconfirmed_block', ack: true });
    expect(await client.nextJson()).toMatchObject({ ack: 'subscribe' });
    while (client.received === 1) {
      await sample.step();
      await client.ping();
    }
    expect(await client.nextJson()).toMatchObject({ topic: 'new_unconfirmed_block' });
  },
};
