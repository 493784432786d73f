import { describe, expect, it } from '@jest/globals';
import { isSignedBy, packVoteTime, voteHash } from '@sluice/nano/wire';
import { NanoRecord } from '../../test/support/nano-record.js';
import { NanoMockChain } from './index.js';

function begin(options: object = {}) {
  const chain = new NanoMockChain({ seed: 1, accounts: 2, ...options });
  const [account = ''] = chain.keys.wallet.accounts;
  return { chain, record: new NanoRecord(chain), account };
}

describe('confirmation', () => {
  it.each([
    [
      'active_quorum',
      ['block.unconfirmed', 'election.started', 'vote.processed', 'block.confirmed'],
    ],
    ['active_confirmation_height', ['block.unconfirmed', 'election.started', 'block.confirmed']],
    ['inactive', ['block.unconfirmed', 'block.confirmed']],
    ['open', ['block.unconfirmed', 'election.started']],
    ['none', ['block.unconfirmed']],
  ] as const)('%s: %j', (confirmation, story) => {
    const { chain, record } = begin();
    chain.change({ confirmation });
    expect(record.story).toEqual(story);
    const confirmed = record.data('block.confirmed');
    expect(confirmed.map((event) => event.confirmationType)).toEqual(
      story.some((type) => type === 'block.confirmed') ? [confirmation] : [],
    );
  });

  it('has an election without figures unless votes won it', () => {
    const { chain, record } = begin({ now: () => 1_765_000_000_000 });
    chain.change({ confirmation: 'inactive' });
    expect(record.only('block.confirmed').election).toEqual({
      duration: 0,
      time: 1_765_000_000_000,
      tally: 0n,
      final: 0n,
      blocks: 0,
      voters: 0,
      requestCount: 0,
    });
  });

  it('takes the blocks before it along, by the election that they had or had not', () => {
    const { chain, record, account } = begin();
    const without = chain.change({ account, confirmation: 'none' });
    const within = chain.change({ account, confirmation: 'open' });
    const last = chain.change({ account });
    expect(
      record.data('block.confirmed').map(({ hash, confirmationType }) => [hash, confirmationType]),
    ).toEqual([
      [without.hash, 'inactive'],
      [within.hash, 'active_confirmation_height'],
      [last.hash, 'active_quorum'],
    ]);
    expect(record.data('election.stopped')).toEqual([]);
    expect(chain.figures).toMatchObject({ unconfirmed: 0, elections: 0 });
  });

  it('by a manual request ends the election', () => {
    const { chain, record } = begin();
    const { hash } = chain.change({ confirmation: 'open' });
    chain.confirm(hash);
    expect(record.only('block.confirmed')).toMatchObject({
      hash,
      confirmationType: 'active_confirmation_height',
    });
    expect(chain.figures.elections).toBe(0);
  });

  it('of a confirmed block is announced once more, with one block in the election', () => {
    const { chain, record } = begin();
    const { hash } = chain.change();
    chain.confirm(hash);
    expect(record.data('block.confirmed').at(-1)).toMatchObject({
      hash,
      confirmationType: 'active_confirmation_height',
      election: { blocks: 1, voters: 0 },
    });
  });
});

describe('elections', () => {
  it('that are dropped stop every block', () => {
    const { chain, record } = begin();
    const forked = chain.fork({ winner: 'none' });
    expect(record.data('election.stopped')).toEqual(forked.map(({ hash }) => ({ hash })));
    expect(record.data('block.confirmed')).toEqual([]);
  });

  it('between rivals stop the loser after the winner is confirmed', () => {
    const { chain, record, account } = begin();
    const [first, second] = chain.fork({ account });
    expect(record.only('block.confirmed')).toMatchObject({
      hash: first.hash,
      election: { blocks: 2 },
    });
    expect(record.only('election.stopped')).toEqual({ hash: second.hash });
    expect(record.events.at(-1)?.type).toBe('election.stopped');
    expect(chain.account(account)?.head).toBe(first.hash);
  });

  it('put the second block in the place of the first if it wins', () => {
    const { chain, record, account } = begin();
    const [first, second] = chain.fork({ account, winner: 'second' });
    expect(record.data('block.unconfirmed').map(({ hash }) => hash)).toEqual([
      first.hash,
      second.hash,
    ]);
    expect(record.only('block.confirmed').hash).toBe(second.hash);
    expect(record.only('election.stopped')).toEqual({ hash: first.hash });
    expect(chain.account(account)).toMatchObject({ head: second.hash, height: 2 });
    expect(chain.nextReceivable()).toMatchObject({ source: second.hash });
  });

  it('make room for new ones', () => {
    const { chain, record } = begin({ limits: { elections: 2 } });
    const [oldest] = [1, 2, 3].map(() => chain.change({ confirmation: 'open' }));
    expect(record.only('election.stopped')).toEqual({ hash: oldest?.hash });
    expect(chain.figures.elections).toBe(2);
  });
});

describe('votes', () => {
  it('are signed by their representative', () => {
    const { chain, record } = begin();
    chain.send();
    const votes = record.data('vote.processed');
    expect(votes.length).toBeGreaterThan(3);
    for (const { account, blocks, timestamp, duration, signature } of votes) {
      const hash = voteHash(blocks, packVoteTime(BigInt(timestamp), duration ?? -1));
      expect(isSignedBy(hash, signature, account)).toBe(true);
    }
  });

  it('one after the other confirm a block as soon as final ones are a quorum', () => {
    const { chain, record } = begin();
    const { hash } = chain.change({ confirmation: 'open' });
    for (const representative of chain.keys.representatives.accounts) {
      if (chain.figures.unconfirmed === 0) break;
      chain.vote({ representative, hashes: [hash], final: true });
    }
    expect(record.only('block.confirmed')).toMatchObject({
      hash,
      confirmationType: 'active_quorum',
    });
    expect(record.data('vote.processed').length).toBeGreaterThan(1);
  });

  it('are replays when they are nothing new, and indeterminate without an election', () => {
    const { chain, record } = begin();
    const [representative = ''] = chain.keys.representatives.accounts;
    const { hash } = chain.change({ confirmation: 'open' });
    const unknown = 'AB'.repeat(32);
    chain.vote({ representative, hashes: [hash] });
    chain.replayVote();
    chain.vote({ representative, hashes: [unknown] });
    chain.vote({ representative, hashes: [unknown, hash] });
    chain.vote({ representative, hashes: [hash], final: true });
    chain.vote({ representative, hashes: [hash] });
    chain.vote({ representative, hashes: [chain.genesisBlock] });
    chain.vote({ representative, hashes: [hash], type: 'late' });
    expect(record.data('vote.processed').map(({ type }) => type)).toEqual([
      'vote',
      'replay',
      'indeterminate',
      'vote',
      'vote',
      'replay',
      'replay',
      'late',
    ]);
  });

  it('are later each time, in steps of 16 ms, even when the clock stands still', () => {
    const { chain, record } = begin({ now: () => 1_765_000_000_007 });
    const { hash } = chain.change({ confirmation: 'open' });
    const [representative = ''] = chain.keys.representatives.accounts;
    for (let i = 0; i < 3; i++) chain.vote({ representative, hashes: [hash] });
    expect(record.data('vote.processed').map(({ timestamp }) => timestamp)).toEqual([
      1_765_000_000_000n,
      1_765_000_000_016n,
      1_765_000_000_032n,
    ]);
  });
});
