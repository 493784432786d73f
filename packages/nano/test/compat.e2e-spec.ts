/** Where the guide and the node differ (contract 9), row by row, in both modes. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { NanoCompat, VoteProcessed, VoteType } from '../src/index.js';
import { ALL_EVENTS, DESTINATION, LEGACY_SEND, SEND, SENDER } from './support/golden-events.js';
import { NanoApp, receivedBy } from './support/nano-app.js';
import type { WireNotification } from './support/vectors.js';

let app: NanoApp;
afterEach(() => app.stop());

const BOTH: readonly NanoCompat[] = ['published', 'node'];
const EMPTY = ['{}', 'null', '""', '[]', '5', 'true', '"text"'];
const TYPES: readonly VoteType[] = ['vote', 'replay', 'indeterminate', 'ignored', 'late'];

const subscribe = (topic: string, options?: string) =>
  `{"action":"subscribe","topic":"${topic}"${options === undefined ? '' : `,"options":${options}`}}`;

/** What a client that has made these requests receives of all golden confirmations. */
async function confirmations(compat: NanoCompat, ...requests: readonly string[]) {
  app = await NanoApp.start({ nano: { compat } });
  const client = await app.connected(...requests);
  for (const event of ALL_EVENTS) await app.bus.publish('block.confirmed', event);
  return (await receivedBy(client)) as WireNotification[];
}

/** Types of the votes that a client receives. */
async function votes(compat: NanoCompat, request: string): Promise<unknown[]> {
  app = await NanoApp.start({ nano: { compat } });
  const client = await app.connected(request);
  const vote: Omit<VoteProcessed, 'type'> = {
    account: SENDER,
    signature: '01'.repeat(64),
    timestamp: 1_700_000_000_000,
    blocks: [SEND.hash],
  };
  for (const type of TYPES) await app.bus.publish('vote.processed', { ...vote, type });
  return ((await receivedBy(client)) as WireNotification[]).map(({ message }) => message.type);
}

describe('D1: options with nothing in them', () => {
  it.each(EMPTY)('published: %s lets nothing through', async (options) => {
    expect(await confirmations('published', subscribe('confirmation', options))).toEqual([]);
  });

  it.each(EMPTY)('node: %s lets everything through', async (options) => {
    const sent = await confirmations('node', subscribe('confirmation', options));
    expect(sent).toHaveLength(ALL_EVENTS.length);
  });

  it.each(BOTH)('%s: an update opens the filter for its accounts', async (compat) => {
    const update = { action: 'update', topic: 'confirmation', options: { accounts_add: [SENDER] } };
    const sent = await confirmations(
      compat,
      subscribe('confirmation', '{}'),
      JSON.stringify(update),
    );
    expect(sent.map(({ message }) => message.account)).toEqual([SENDER, SENDER, SENDER]);
  });

  it.each(BOTH)('%s: without options everything passes', async (compat) => {
    const sent = await confirmations(compat, subscribe('confirmation'));
    expect(sent).toHaveLength(ALL_EVENTS.length);
  });

  it.each(
    BOTH.flatMap((compat) =>
      ['{"include_block":true}', '{"include_block":"maybe"}', '{"unknown":1}'].map(
        (options) => [compat, options] as const,
      ),
    ),
  )('%s: %s are options with something in them', async (compat, options) => {
    const sent = await confirmations(compat, subscribe('confirmation', options));
    expect(sent).toHaveLength(ALL_EVENTS.length);
  });
});

describe('D2: votes of a plain subscription', () => {
  it('published: replays and indeterminate votes are held back', async () => {
    expect(await votes('published', subscribe('vote'))).toEqual(['vote', 'ignored', 'late']);
  });

  it('node: every type is sent', async () => {
    expect(await votes('node', subscribe('vote'))).toEqual(TYPES);
  });

  it.each(BOTH)('%s: any options hold them back', async (compat) => {
    expect(await votes(compat, subscribe('vote', '{}'))).toEqual(['vote', 'ignored', 'late']);
  });

  it.each(BOTH)('%s: options let them pass', async (compat) => {
    const options = '{"include_replays":"true","include_indeterminate":1}';
    expect(await votes(compat, subscribe('vote', options))).toEqual(TYPES);
  });

  it.each(BOTH)('%s: a list without a valid representative is ignored', async (compat) => {
    const options = '{"representatives":["nobody"]}';
    expect(await votes(compat, subscribe('vote', options))).toEqual(['vote', 'ignored', 'late']);
  });
});

describe.each(BOTH)('the rest is the same, compat %s', (compat) => {
  it('D3: active_difficulty is a topic', async () => {
    app = await NanoApp.start({ nano: { compat } });
    const client = await app.connect();
    client.send({ action: 'subscribe', topic: 'active_difficulty', ack: true });
    expect(await client.nextJson()).toMatchObject({ ack: 'subscribe' });
  });

  it('D4: work comes in an envelope', async () => {
    app = await NanoApp.start({ nano: { compat } });
    const client = await app.connected(subscribe('work'));
    await app.bus.publish('work.generated', {
      outcome: 'failure',
      request: { hash: SEND.hash, difficulty: 'fffffff800000000' },
      duration: 1,
      badPeers: ['[::1]:7000'],
    });
    expect(await client.nextJson()).toEqual({
      topic: 'work',
      time: expect.any(String),
      message: {
        success: 'false',
        reason: 'failure',
        duration: '1',
        request: expect.any(Object),
        bad_peers: ['[::1]:7000'],
      },
    });
  });

  it('D5: the accounts of the guide are none', async () => {
    const accounts = ['nano_16c4ush661bbn2hxc6iqrunwoyqt95in4hmw6uw7tk37yfyi77s7dyxaw8ce'];
    const options = JSON.stringify({ accounts });
    expect(await confirmations(compat, subscribe('confirmation', options))).toEqual([]);
  });

  it('D6: the guide’s sample with a trailing comma costs the connection', async () => {
    app = await NanoApp.start({ nano: { compat } });
    const client = await app.connect();
    client.send(
      '{"action":"subscribe","topic":"confirmation","options":{"include_block":"false",}}',
    );
    expect(await client.closed()).toMatchObject({ code: 1006 });
  });

  it('D7: election info of a block without election is zeros', async () => {
    const options = '{"include_election_info_with_votes":1,"confirmation_type":"INACTIVE"}';
    const [sent] = await confirmations(compat, subscribe('confirmation', options));
    expect(sent?.message.election_info).toEqual({
      duration: '0',
      time: expect.stringMatching(/^\d{13}$/),
      tally: '0',
      final: '0',
      blocks: '0',
      voters: '0',
      request_count: '0',
      votes: '',
    });
  });

  it('D12: only a confirmation with options can be updated', async () => {
    const update = '{"action":"update","topic":"confirmation","options":{"accounts_add":[]}}';
    const sent = await confirmations(compat, subscribe('confirmation'), update);
    expect(sent).toHaveLength(ALL_EVENTS.length);
  });

  it('D13: an account filter lets blocks to the account pass, but no legacy ones', async () => {
    const accounts = [DESTINATION, LEGACY_SEND.account];
    const options = JSON.stringify({ accounts });
    const sent = await confirmations(compat, subscribe('confirmation', options));
    expect(sent.map(({ message }) => message.hash)).toEqual([SEND.hash, SEND.hash, SEND.hash]);
  });
});
