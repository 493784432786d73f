/** Behaviours of the node's own test suite: subscriptions, confirmations, updates (contract 11.1 to 11.16). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestClient } from '@sluice/testing';
import type { BlockConfirmed, ElectionResult } from '../src/index.js';
import { FINAL_VOTE_TIMESTAMP } from '../src/wire/index.js';
import {
  DESTINATION,
  LEGACY_SEND,
  OTHER_SEND,
  RECEIVE,
  RECEIVER,
  SEND,
  SENDER,
} from './support/golden-events.js';
import { NanoApp } from './support/nano-app.js';

interface Confirmation {
  readonly topic: string;
  readonly message: {
    readonly account: string;
    readonly hash: string;
    readonly election_info?: Readonly<Record<string, string | object[]>>;
    readonly block?: Readonly<Record<string, string>>;
    readonly sideband?: Readonly<Record<string, string>>;
  };
}

let app: NanoApp;
let client: TestClient;

beforeEach(async () => {
  app = await NanoApp.start({ nano: { wallets: [SENDER] } });
  client = await app.connect('/');
});
afterEach(() => app.stop());

const request = (action: string, options?: object) => ({
  action,
  topic: 'confirmation',
  ack: true,
  ...(options && { options }),
});

async function acked(action: string, options?: object): Promise<void> {
  client.send(request(action, options));
  expect(await client.nextJson()).toMatchObject({ ack: action });
}

async function confirmed(event: BlockConfirmed): Promise<Confirmation> {
  await app.bus.publish('block.confirmed', event);
  return client.nextJson();
}

const election: ElectionResult = {
  duration: 546,
  time: 1564935348219,
  tally: 42535295865117307936387010521258262528n,
  final: 42535295865117307936387010521258262528n,
  blocks: 1,
  voters: 1,
  requestCount: 1,
  votes: [
    {
      representative: RECEIVER,
      timestamp: FINAL_VOTE_TIMESTAMP,
      hash: SEND.hash,
      weight: 30000000000000000000000000000000000000n,
    },
  ],
};

describe('subscription edges', () => {
  it('nano §11.1 nobody is subscribed to a fresh server', async () => {
    const fresh = await NanoApp.start();
    expect(fresh.count('confirmation')).toBe(0);
    await fresh.stop();
  });

  it('nano §11.2 a subscribe with ack is acked, and counts', async () => {
    await acked('subscribe');
    expect(app.count('confirmation')).toBe(1);
  });

  it('nano §11.3 the same subscribe again is acked again, and counts once', async () => {
    await acked('subscribe');
    await acked('subscribe');
    expect(app.count('confirmation')).toBe(1);
  });

  it('nano §11.4 an unsubscribe with ack is acked, and counts down', async () => {
    await acked('subscribe');
    await acked('unsubscribe');
    expect(app.count('confirmation')).toBe(0);
    await acked('unsubscribe');
    expect(app.count('confirmation')).toBe(0);
  });
});

describe('confirmation', () => {
  it('nano §11.5 a plain subscription receives a legacy send', async () => {
    await acked('subscribe');
    const { topic, message } = await confirmed(LEGACY_SEND);
    expect(topic).toBe('confirmation');
    expect(message.block?.type).toBe('send');
    expect(message.block).not.toHaveProperty('subtype');
  });

  it('nano §11.6 after an acked unsubscribe nothing arrives', async () => {
    await acked('subscribe');
    await acked('unsubscribe');
    await app.bus.publish('block.confirmed', SEND);
    await client.expectSilence();
  });

  it('nano §11.7 a local account’s quorum comes with election info', async () => {
    await acked('subscribe', {
      confirmation_type: 'active_quorum',
      all_local_accounts: 'true',
      include_election_info: 'true',
    });
    await app.bus.publish('block.confirmed', OTHER_SEND);
    const { message } = await confirmed({ ...SEND, election });
    expect(message.hash).toBe(SEND.hash);
    expect(message.election_info).toEqual({
      duration: '546',
      time: '1564935348219',
      tally: '42535295865117307936387010521258262528',
      final: '42535295865117307936387010521258262528',
      blocks: '1',
      voters: '1',
      request_count: '1',
    });
  });

  it('nano §11.8 without the votes option there are no votes', async () => {
    await acked('subscribe', { include_election_info: 'true' });
    const { message } = await confirmed({ ...SEND, election });
    expect(message.election_info).not.toHaveProperty('votes');
  });

  it('nano §11.9 one voter is one entry in votes', async () => {
    await acked('subscribe', { include_election_info_with_votes: 'true' });
    const { message } = await confirmed({ ...SEND, election });
    expect(message.election_info?.votes).toEqual([
      {
        representative: RECEIVER,
        timestamp: '18446744073709551615',
        hash: SEND.hash,
        weight: '30000000000000000000000000000000000000',
      },
    ]);
  });

  it('nano §11.10 without a block there is no block', async () => {
    await acked('subscribe', { include_block: 'false' });
    expect((await confirmed(SEND)).message).not.toHaveProperty('block');
  });

  it('nano §11.11 sideband comes with height and local timestamp', async () => {
    await acked('subscribe', { include_block: 'false', include_sideband_info: 'true' });
    const sideband = { height: 60, localTimestamp: 1564935340n };
    const { message } = await confirmed({ ...SEND, sideband });
    expect(message.sideband).toEqual({ height: '60', local_timestamp: '1564935340' });
  });

  it('nano §11.12 the linked account of a send is its destination', async () => {
    await acked('subscribe', { include_linked_account: 'true' });
    expect((await confirmed(SEND)).message.block?.linked_account).toBe(DESTINATION);
  });

  it('nano §11.13 the linked account of a receive is the sender', async () => {
    await acked('subscribe', { include_linked_account: 'true' });
    const { message } = await confirmed({
      ...RECEIVE,
      linkedAccount: SENDER.replace('nano', 'xrb'),
    });
    expect(message.block?.linked_account).toBe(SENDER);
  });
});

describe('updating', () => {
  it('nano §11.14 a subscribe with empty options is acked, and counts', async () => {
    await acked('subscribe', {});
    expect(app.count('confirmation')).toBe(1);
  });

  it('nano §11.15 an update is acked, and counts for nothing', async () => {
    await acked('subscribe', {});
    await acked('update', { accounts_add: [SENDER] });
    expect(app.count('confirmation')).toBe(1);
  });

  it('nano §11.16 a block of an added account is delivered', async () => {
    await acked('subscribe', {});
    await acked('update', { accounts_add: [SENDER] });
    expect((await confirmed(SEND)).message.account).toBe(SENDER);
    await app.bus.publish('block.confirmed', RECEIVE);
    await client.expectSilence();
  });
});
