/** Nano on the sample: the built app as a process, driven over its control endpoints, heard by real clients. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientPool } from '@sluice/testing';
import { hashes, type NanoMessage, type NanoStatus, NanoSample } from './support/nano-sample.js';
import { SamplePool } from './support/sample-pool.js';

const ALL_TOPICS = {
  confirmation: undefined,
  vote: undefined,
  started_election: undefined,
  stopped_election: undefined,
  active_difficulty: undefined,
  work: undefined,
  telemetry: undefined,
  new_unconfirmed_block: undefined,
  bootstrap: undefined,
};

const hex = (digits: number): unknown => expect.stringMatching(new RegExp(`^[0-9A-F]{${digits}}$`));

describe('Nano on the sample', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();
  /** Moves by hand only; each test has clients of its own and counts from where it begins. */
  let nano: NanoSample;

  const start = async (...args: string[]): Promise<NanoSample> =>
    new NanoSample(await samples.start(['--log', 'memory', ...args]), clients);

  beforeAll(async () => {
    nano = await start();
  });

  afterEach(async () => {
    await clients.closeAll();
  });

  afterAll(async () => {
    await samples.endAll();
  });

  it('announces every kind of message as the control endpoints make it happen', async () => {
    const client = await nano.subscriber(ALL_TOPICS);
    const heard = async (action: string, body: object = {}): Promise<readonly NanoMessage[]> => {
      await nano.control(action, body);
      return nano.sofar(client);
    };

    const sent = await heard('send');
    expect(new Set(sent.map(({ topic }) => topic))).toEqual(
      new Set(['new_unconfirmed_block', 'started_election', 'vote', 'confirmation']),
    );
    expect(sent.at(-1)?.message).toMatchObject({
      confirmation_type: 'active_quorum',
      block: { type: 'state', subtype: 'send', signature: hex(128) },
    });
    expect(sent[0]).toMatchObject({ hash: hex(64), message: { subtype: 'send' } });

    const topicsAndMessages = async (action: string, body?: object) =>
      (await heard(action, body)).map(({ topic, message }) => [topic, message]);
    expect(await topicsAndMessages('telemetry', { peer: 2 })).toEqual([
      ['telemetry', expect.objectContaining({ address: '::ffff:192.0.2.3', port: '7075' })],
    ]);
    expect(await topicsAndMessages('work', { hash: 'AB'.repeat(32) })).toEqual([
      [
        'work',
        expect.objectContaining({
          success: 'true',
          request: expect.objectContaining({
            hash: 'AB'.repeat(32),
            multiplier: '1.000000000000000',
          }),
        }),
      ],
    ]);
    expect(await topicsAndMessages('work', { outcome: 'failure' })).toEqual([
      ['work', expect.objectContaining({ success: 'false', reason: 'failure' })],
    ]);
    expect(await topicsAndMessages('difficulty', { multiplier: 2 })).toEqual([
      ['active_difficulty', expect.objectContaining({ multiplier: '2.000000000000000' })],
    ]);
    expect(await topicsAndMessages('bootstrap', { id: '123abc', mode: 'legacy' })).toEqual([
      ['bootstrap', { reason: 'started', id: '123abc', mode: 'legacy' }],
      ['bootstrap', expect.objectContaining({ reason: 'exited', id: '123abc' })],
    ]);
    const stopped = await heard('fork', { winner: 'none' });
    expect(stopped.map(({ topic }) => topic)).toEqual([
      'new_unconfirmed_block',
      'started_election',
      'stopped_election',
      'stopped_election',
    ]);
    // The first of the two is in the ledger still.
    const confirmed = await heard('confirm', { hash: stopped[0]?.hash });
    expect(confirmed.map(({ message }) => message.confirmation_type)).toEqual(['inactive']);
  });

  it.each(['active_quorum', 'active_confirmation_height', 'inactive'] as const)(
    'confirms as %s for those who ask for it',
    async (confirmation) => {
      const client = await nano.subscriber({ confirmation: { confirmation_type: confirmation } });
      const kinds = ['active_quorum', 'active_confirmation_height', 'inactive'];
      const answers = [];
      for (const kind of kinds) answers.push(await nano.control('send', { confirmation: kind }));
      const wanted = answers[kinds.indexOf(confirmation)]?.confirmed;
      expect(hashes(await nano.sofar(client))).toEqual(wanted);
    },
  );

  it('delivers exactly what an account filter lets pass, and loses nothing', async () => {
    const { wallet, cemented: before } = await nano.status();
    const [own = ''] = wallet.accounts;
    const all = await nano.subscriber({ confirmation: undefined });
    const walletClient = await nano.subscriber({ confirmation: { accounts: [own] } });
    const confirmed: string[] = [];
    for (let i = 0; i < 60; i++) {
      const body = i % 20 === 0 ? { to: own } : undefined;
      const answer = await nano.control(body ? 'send' : 'step', body);
      confirmed.push(...answer.confirmed);
    }
    const everything = await nano.sofar(all);
    expect(hashes(everything)).toEqual(confirmed);
    expect((await nano.status()).cemented - before).toBe(confirmed.length);
    const concerns = ({ message }: NanoMessage): boolean => {
      const { link_as_account: link } = message.block as { link_as_account?: string };
      return link !== undefined && (message.account === own || link === own);
    };
    const expected = hashes(everything.filter(concerns));
    expect(expected.length).toBeGreaterThanOrEqual(3);
    expect(hashes(await nano.sofar(walletClient))).toEqual(expected);
  });

  it('counts accounts of the chain’s wallet as local, new ones too', async () => {
    const client = await nano.subscriber({ confirmation: { all_local_accounts: true } });
    const { account } = await nano.control<{ account: string }>('account');
    const { genesis, representatives } = await nano.status();
    const sent = await nano.control('send', { from: genesis, to: account, amount: '5' });
    await nano.control('send', { from: genesis, to: representatives[0] });
    const received = await nano.control('receive', { account });
    expect(hashes(await nano.sofar(client))).toEqual([...sent.confirmed, ...received.confirmed]);
  });

  it('puts the winner of a fork in the place of the first block', async () => {
    const client = await nano.subscriber({
      confirmation: undefined,
      new_unconfirmed_block: undefined,
      started_election: undefined,
      stopped_election: undefined,
    });
    const { blocks, confirmed } = await nano.control('fork', { winner: 'second' });
    const [first, second] = blocks;
    expect(confirmed).toEqual([second]);
    const story = (await nano.sofar(client)).map(({ topic, hash, message }) => [
      topic,
      hash ?? message.hash,
    ]);
    expect(story).toEqual([
      ['new_unconfirmed_block', first],
      ['started_election', first],
      ['new_unconfirmed_block', second],
      ['confirmation', second],
      ['stopped_election', first],
    ]);
  });

  it('has legacy blocks, which name no subtype and pass no account filter', async () => {
    const [from, to] = (await nano.status()).legacy_accounts;
    const plain = await nano.subscriber({ confirmation: undefined });
    const filtered = await nano.subscriber({ confirmation: { accounts: [from, to] } });
    await nano.control('send', { from, to, amount: '9', legacy: true });
    await nano.control('receive', { account: to, legacy: true });
    const [sent, received] = await nano.sofar(plain);
    expect(sent?.message).toMatchObject({ account: from, amount: '9', block: { type: 'send' } });
    expect(received?.message).toMatchObject({ account: to, block: { type: 'receive' } });
    expect(received?.message.block).not.toHaveProperty('subtype');
    expect(await nano.sofar(filtered)).toEqual([]);
  });

  it.each([
    ['published', 0, ['vote']],
    ['node', 1, ['vote', 'replay']],
  ] as const)('--compat %s', async (compat, confirmations, types) => {
    const strict = await start('--compat', compat);
    const empty = await strict.subscriber({ confirmation: {} });
    const plain = await strict.subscriber({ vote: undefined });
    const { blocks } = await strict.control('change', { confirmation: 'open' });
    await strict.control('vote', { hashes: blocks });
    await strict.control('replay');
    await strict.control('confirm', { hash: blocks[0] });
    expect(await strict.sofar(empty)).toHaveLength(confirmations);
    expect((await strict.sofar(plain)).map(({ message }) => message.type)).toEqual(types);
  });

  it('tells the same story to the same seed', async () => {
    const runs = await Promise.all([start('--seed', '7'), start('--seed', '7')]);
    const [first, second] = await Promise.all(
      runs.map(async (run) => {
        const steps: unknown[] = [];
        for (let i = 0; i < 20; i++) steps.push(await run.control('step'));
        return steps;
      }),
    );
    expect(first).toEqual(second);
  });

  it('goes on by itself at its pace, stands still when paused, and goes on again', async () => {
    const paced = await start('--pace', '20ms');
    const client = await paced.subscriber({ confirmation: undefined });
    await client.take(5);
    expect(await paced.control<NanoStatus>('pause')).toMatchObject({ paused: true, pace_ms: 20 });
    await paced.sofar(client);
    const { blocks } = await paced.status();
    expect((await paced.status()).blocks).toBe(blocks);
    expect(await paced.sofar(client)).toEqual([]);
    await paced.control('pace', { pace: '10ms' });
    expect(await paced.control<NanoStatus>('resume')).toMatchObject({ paused: false, pace_ms: 10 });
    await client.take(5);
  });

  it('serves any path', async () => {
    for (const path of ['', '/', '/ws', '/some/where?else=1']) {
      const client = await clients.connect(nano.ws + path);
      client.send({ action: 'ping', id: path });
      expect(await client.nextJson()).toMatchObject({ ack: 'pong' });
    }
  });
});
