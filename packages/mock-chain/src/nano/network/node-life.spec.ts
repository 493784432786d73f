import { describe, expect, it } from '@jest/globals';
import { decodeAccount, isWorkEnough, workDifficulty } from '@sluice/nano/wire';
import { NanoRecord } from '../../../test/support/nano-record.js';
import { NanoMockChain } from '../index.js';

function begin() {
  const chain = new NanoMockChain({ seed: 1, now: () => 1_765_000_000_000 });
  return { chain, record: new NanoRecord(chain) };
}

const hash = 'AB'.repeat(32);

describe('work', () => {
  it('is real', () => {
    const { chain, record } = begin();
    chain.work({ hash });
    const { request, result, outcome } = record.only('work.generated');
    expect(outcome).toBe('success');
    expect(request.hash).toBe(hash);
    expect(isWorkEnough(hash, result?.work ?? 0n, request.difficulty)).toBe(true);
    expect(result?.difficulty).toBe(workDifficulty(hash, result?.work ?? 0n));
  });

  it.each(['cancelled', 'failure'] as const)('that was a %s has no result', (outcome) => {
    const { chain, record } = begin();
    chain.work({ outcome });
    expect(record.only('work.generated')).toMatchObject({
      outcome,
      badPeers: [expect.any(String)],
    });
    expect(record.only('work.generated').result).toBeUndefined();
  });
});

describe('bootstrapping', () => {
  it('starts and exits with the same id', () => {
    const { chain, record } = begin();
    chain.bootstrap();
    const { id, mode } = record.only('bootstrap.started');
    expect(record.only('bootstrap.exited')).toMatchObject({ id, mode });
    expect(id).toMatch(/^[0-9A-F]{32}$/);
  });

  it('can be told in two parts, by the words of an operator', () => {
    const { chain, record } = begin();
    chain.bootstrap({ id: '123abc', mode: 'legacy', reason: 'started' });
    expect(record.events).toEqual([
      { type: 'bootstrap.started', data: { id: '123abc', mode: 'legacy' } },
    ]);
    chain.bootstrap({
      id: '123abc',
      mode: 'legacy',
      reason: 'exited',
      totalBlocks: 7,
      duration: 2,
    });
    expect(record.only('bootstrap.exited')).toEqual({
      id: '123abc',
      mode: 'legacy',
      totalBlocks: 7,
      duration: 2,
    });
  });
});

describe('the network', () => {
  it('has a difficulty of so many times the least', () => {
    const { chain, record } = begin();
    chain.difficulty(2);
    expect(record.only('difficulty.changed')).toMatchObject({
      networkMinimum: 0xf000000000000000n,
      networkCurrent: 0xf800000000000000n,
    });
  });

  it('has a difficulty that never falls below the least', () => {
    const { chain, record } = begin();
    for (let i = 0; i < 50; i++) chain.difficulty();
    for (const { networkCurrent, networkMinimum } of record.data('difficulty.changed')) {
      expect(BigInt(networkCurrent)).toBeGreaterThanOrEqual(BigInt(networkMinimum));
    }
  });

  it('has peers that tell about the same chain', () => {
    const { chain, record } = begin();
    chain.telemetry(3);
    const told = record.only('telemetry.received');
    expect(told).toMatchObject({
      genesisBlock: chain.genesisBlock,
      accountCount: chain.figures.accounts,
      address: '::ffff:192.0.2.4',
      port: 7075,
      timestamp: 1_765_000_000_000,
    });
    expect(String(told.nodeId)).toMatch(/^node_/);
    expect(decodeAccount(String(told.nodeId))).toHaveLength(32);
  });
});
