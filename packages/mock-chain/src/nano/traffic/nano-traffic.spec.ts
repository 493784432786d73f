import { describe, expect, it } from '@jest/globals';
import { MAX_AMOUNT } from '@sluice/nano/wire';
import { NanoRecord } from '../../../test/support/nano-record.js';
import { NanoMockChain, NanoTraffic } from '../index.js';

function run(steps: number, seed: number, limits: object = {}) {
  const chain = new NanoMockChain({ seed, limits });
  const record = new NanoRecord(chain);
  const traffic = new NanoTraffic(chain, { seed });
  const actions = Array.from({ length: steps }, () => traffic.step());
  return { chain, record, actions };
}

describe('NanoTraffic', () => {
  const { chain, record, actions } = run(220, 1, { history: 50 });

  it('does everything that a network has to offer', () => {
    expect([...new Set(actions)].sort()).toEqual([
      'bootstrap',
      'change',
      'confirm',
      'difficulty',
      'epoch',
      'fork',
      'legacy',
      'receive',
      'send',
      'stopped',
      'telemetry',
      'vote',
      'work',
    ]);
    expect(new Set(record.data('block.confirmed').map((event) => event.confirmationType))).toEqual(
      new Set(['active_quorum', 'active_confirmation_height', 'inactive']),
    );
  });

  it('receives what it sends in the step after it', () => {
    for (const [i, action] of actions.entries()) {
      if (action === 'send') expect(actions[i + 1] ?? 'receive').toBe('receive');
    }
  });

  it('confirms every block once, after it was announced as new', () => {
    const seen = new Set<string>();
    const confirmed: string[] = [];
    for (const { type, data } of record.events) {
      if (type === 'block.unconfirmed') seen.add(String(data.hash));
      if (type !== 'block.confirmed') continue;
      expect(seen.has(String(data.hash))).toBe(true);
      confirmed.push(String(data.hash));
    }
    expect(new Set(confirmed).size).toBe(confirmed.length);
  });

  it('makes and loses nothing', () => {
    const { genesis, representatives, wallet } = chain.keys;
    const all = [genesis, ...representatives.accounts, ...wallet.accounts];
    const sum = all.reduce((total, account) => total + (chain.account(account)?.balance ?? 0n), 0n);
    expect(sum + (chain.nextReceivable()?.amount ?? 0n)).toBe(MAX_AMOUNT);
  });

  it('keeps no more than the limits say', () => {
    const { blocks, receivable, unconfirmed, elections } = chain.figures;
    expect(blocks).toBeGreaterThan(150);
    expect(
      record.data('block.confirmed').filter(({ hash }) => chain.block(String(hash))),
    ).toHaveLength(50);
    expect(receivable).toBeLessThan(5);
    expect(unconfirmed).toBeLessThan(20);
    expect(elections).toBe(0);
  });

  it('repeats itself with the same seed and does not with another one', () => {
    const [first, again, other] = [4, 4, 5].map((seed) => run(25, seed).record.events);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

describe('the limits of a chain', () => {
  it('refuse blocks when too many wait for confirmation', () => {
    const chain = new NanoMockChain({ seed: 1, limits: { unconfirmed: 2 } });
    chain.change({ confirmation: 'none' });
    const last = chain.change({ confirmation: 'none' });
    expect(() => chain.change()).toThrow('2 blocks wait for confirmation');
    chain.confirm(last.hash);
    chain.change();
  });

  it('refuse accounts beyond the last', () => {
    const chain = new NanoMockChain({ seed: 1, accounts: 1, limits: { accounts: 8 } });
    const account = chain.keys.addAccount();
    chain.send({ to: account });
    expect(() => chain.receive({ account })).toThrow('There are 8 accounts');
  });

  it('forget the oldest send that nobody received', () => {
    const chain = new NanoMockChain({ seed: 1, limits: { receivables: 2 } });
    const [oldest, ...kept] = [1n, 2n, 3n].map((amount) => chain.send({ amount }).hash);
    expect(() => chain.receive({ source: oldest ?? '' })).toThrow('Nothing confirmed waits');
    for (const source of kept) chain.receive({ source });
  });
});
