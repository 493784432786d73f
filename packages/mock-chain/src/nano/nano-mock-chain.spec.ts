import { describe, expect, it } from '@jest/globals';
import {
  blockHash,
  decodeAccount,
  encodeAccount,
  epochLink,
  FINAL_VOTE_TIMESTAMP,
  isSignedBy,
  isWorkEnough,
  MAX_AMOUNT,
  publicKeyOf,
  secretKeyOf,
  workRoot,
} from '@sluice/nano/wire';
import { NanoRecord } from '../../test/support/nano-record.js';
import { NANO_GENESIS_SEED, NanoChainError, NanoMockChain } from './index.js';

function begin(options: object = {}) {
  const chain = new NanoMockChain({ seed: 1, accounts: 2, ...options });
  const [first = '', second = ''] = chain.keys.wallet.accounts;
  return { chain, record: new NanoRecord(chain), first, second };
}

describe('NanoMockChain', () => {
  it('begins with a confirmed genesis of all there is, whose key everyone has', () => {
    const { chain } = begin();
    const genesis = chain.block(chain.genesisBlock);
    expect(genesis).toMatchObject({ block: { type: 'open' }, amount: MAX_AMOUNT });
    expect(encodeAccount(publicKeyOf(secretKeyOf(NANO_GENESIS_SEED, 0)))).toBe(chain.keys.genesis);
    expect(new NanoMockChain({ seed: 2 }).genesisBlock).toBe(chain.genesisBlock);
  });

  it('gives every wallet account something, and nobody has lost a raw', () => {
    const { chain } = begin({ accounts: 3 });
    const { genesis, representatives, wallet } = chain.keys;
    expect(wallet.accounts).toHaveLength(5);
    const balances = [genesis, ...representatives.accounts, ...wallet.accounts].map(
      (account) => chain.account(account)?.balance ?? 0n,
    );
    expect(balances.every((balance) => balance > 0n)).toBe(true);
    expect(balances.reduce((sum, balance) => sum + balance)).toBe(MAX_AMOUNT);
  });

  it('announces a payment as a node does, with real hash, signature and work', () => {
    const { chain, record, first, second } = begin();
    const { hash } = chain.send({ from: first, to: second, amount: 5n });
    expect(record.story).toEqual([
      'block.unconfirmed',
      'election.started',
      'vote.processed',
      'block.confirmed',
    ]);
    const { block, ...facts } = record.only('block.confirmed');
    expect(facts).toMatchObject({
      hash,
      account: first,
      amount: 5n,
      subtype: 'send',
      confirmationType: 'active_quorum',
      linkedAccount: second,
      sideband: { height: 2 },
    });
    expect(blockHash(block)).toBe(hash);
    expect(isSignedBy(hash, block.signature, first)).toBe(true);
    expect(isWorkEnough(workRoot(block), block.work, 'f000000000000000')).toBe(true);
    expect(record.only('block.unconfirmed')).toEqual({ hash, block, subtype: 'send' });
  });

  it('decides by votes whose weight is a quorum', () => {
    const { chain, record } = begin();
    chain.send();
    const { election, hash } = record.only('block.confirmed');
    const votes = election?.votes ?? [];
    const weigh = (chosen: typeof votes) => chosen.reduce((sum, { weight }) => sum + weight, 0n);
    expect(election).toMatchObject({ blocks: 1, voters: votes.length, tally: weigh(votes) });
    const finals = votes.filter(({ timestamp }) => timestamp === FINAL_VOTE_TIMESTAMP);
    expect(election?.final).toBe(weigh(finals));
    expect((election?.final ?? 0n) * 100n).toBeGreaterThanOrEqual(MAX_AMOUNT * 66n);
    expect(votes.every((vote) => vote.hash === hash)).toBe(true);
  });

  it('opens an account by receiving', () => {
    const { chain, record } = begin();
    const key = secretKeyOf('0'.repeat(64), 0);
    const stranger = encodeAccount(publicKeyOf(key));
    const { hash } = chain.send({ to: stranger });
    expect(() => chain.receive({ account: stranger })).toThrow(NanoChainError);
    const own = chain.keys.addAccount();
    const sent = chain.send({ to: own, amount: 7n });
    const opened = chain.receive({ account: own });
    expect(opened).toMatchObject({ kind: 'receive', amount: 7n, after: { height: 1 } });
    expect(record.data('block.confirmed').at(-1)).toMatchObject({
      account: own,
      linkedAccount: sent.after.account,
      block: { link: sent.hash, previous: new Uint8Array(32) },
    });
    expect(chain.nextReceivable()).toBeUndefined();
    expect(hash).not.toBe(sent.hash);
  });

  it('changes representatives, and their weight with it', () => {
    const { chain, record, first } = begin();
    const [representative = ''] = chain.keys.representatives.accounts;
    chain.change({ account: first, representative });
    expect(record.only('block.confirmed')).toMatchObject({ amount: 0n, subtype: 'change' });
    expect(chain.account(first)?.representative).toBe(representative);
  });

  it('lifts accounts to epochs, signed by the genesis account', () => {
    const { chain, record, first } = begin();
    chain.epoch({ account: first });
    chain.epoch({ account: first });
    const epochs = record.data('block.confirmed');
    expect(epochs.map(({ block }) => 'link' in block && block.link)).toEqual([
      epochLink(1),
      epochLink(2),
    ]);
    for (const { block, hash, subtype } of epochs) {
      expect(subtype).toBe('epoch');
      expect(isSignedBy(hash, block.signature, chain.keys.genesis)).toBe(true);
    }
    expect(() => chain.epoch({ account: first })).toThrow('block_position');
  });

  it('has legacy blocks of every type, which name no subtype', () => {
    const { chain, record } = begin();
    const [from = '', to = ''] = chain.keys.legacyAccounts;
    chain.send({ from, to, amount: 9n, legacy: true });
    chain.receive({ account: to, legacy: true });
    chain.change({ account: to, legacy: true });
    const own = chain.keys.addAccount();
    chain.send({ to: own, from, amount: 9n, legacy: true });
    chain.receive({ account: own, legacy: true });
    const confirmed = record.data('block.confirmed');
    expect(confirmed.map(({ block: { type } }) => type)).toEqual([
      'send',
      'receive',
      'change',
      'send',
      'open',
    ]);
    expect(confirmed.every((event) => !('subtype' in event))).toBe(true);
    expect(confirmed.map(({ account }) => account)).toEqual([from, to, to, from, own]);
    expect(confirmed.map(({ linkedAccount }) => linkedAccount)).toEqual([
      to,
      from,
      undefined,
      own,
      from,
    ]);
  });

  it('takes accounts with any prefix', () => {
    const { chain, first, second } = begin();
    const sent = chain.send({
      from: first.replace('nano', 'xrb'),
      to: second.replace('nano', 'xrb'),
    });
    expect(sent.after.account).toBe(first);
    expect(sent.destination).toBe(second);
    expect(decodeAccount(first)).toHaveLength(32);
  });

  it('says what cannot be done', () => {
    const { chain, first } = begin();
    expect(() => chain.send({ from: first, amount: MAX_AMOUNT })).toThrow(NanoChainError);
    expect(() => chain.receive()).toThrow('Nothing confirmed waits to be received');
    expect(() => chain.confirm('0'.repeat(64))).toThrow('is not known');
    expect(() => chain.stopElection('0'.repeat(64))).toThrow('has no election');
    expect(() => chain.vote({ representative: first, hashes: ['0'.repeat(64)] })).toThrow(
      'is no representative here',
    );
    expect(() => chain.telemetry(8)).toThrow('There are 8 peers');
    expect(() => chain.replayVote()).toThrow('Nobody has voted yet');
  });
});
