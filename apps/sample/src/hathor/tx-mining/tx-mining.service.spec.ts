import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HttpException } from '@nestjs/common';
import { ManualClock } from '@sluice/engine/testing';
import type { HathorNodeChain } from '@sluice/hathor';
import { TransactionRefusedError } from '@sluice/hathor';
import type { RegularTransaction } from '@sluice/hathor/codec';
import { decodeVertex, encodeVertex, mine, vertexId } from '@sluice/hathor/codec';
import { RunningChain } from '../running-chain.js';
import { TxMiner } from './tx-miner.js';
import type { JobRequest } from './tx-mining.service.js';
import { TxMiningService } from './tx-mining.service.js';

/** Holds every search until it is told to go on. */
class HeldMiner extends TxMiner {
  readonly searches: { bytes: Uint8Array; found: (nonce: bigint) => void }[] = [];

  override solve(bytes: Uint8Array, signal: AbortSignal): Promise<bigint> {
    return new Promise((resolve, reject) => {
      this.searches.push({ bytes, found: resolve });
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  }

  /** Solves the newest search in earnest. */
  finish(): Uint8Array {
    const search = this.searches.at(-1);
    if (search === undefined) throw new Error('nothing to search for');
    const solved = mine(decodeVertex(search.bytes) as RegularTransaction);
    search.found(solved?.nonce ?? 0n);
    return search.bytes;
  }
}

describe('the tx-mining-service', () => {
  let miner: HeldMiner;
  let clock: ManualClock;
  let running: RunningChain;
  let service: TxMiningService;
  let submitted: Uint8Array[];
  let refusal: Error | undefined;

  beforeEach(() => {
    miner = new HeldMiner();
    clock = new ManualClock();
    running = new RunningChain({ network: 'privatenet', seed: 1, clock });
    running.perform({ do: 'mine', blocks: 3 }, 0);
    submitted = [];
    refusal = undefined;
    const chain = {
      submitTransaction: (bytes: Uint8Array) => {
        if (refusal !== undefined) throw refusal;
        submitted.push(bytes);
        return vertexId(decodeVertex(bytes));
      },
    } as unknown as HathorNodeChain;
    const source = { options: { network: 'privatenet' }, running, loaded: () => [], script: [] };
    service = new TxMiningService(source, chain, clock, miner);
  });

  /** A transaction of a wallet whose clock is years behind. */
  function job(changes: Partial<RegularTransaction> = {}, options: Partial<JobRequest> = {}) {
    const transaction: RegularTransaction = {
      version: 1,
      signalBits: 0,
      tokens: [],
      inputs: [{ txId: running.chain.best.hash, index: 0, data: new Uint8Array() }],
      outputs: [{ value: 1n, tokenData: 0, script: new Uint8Array() }],
      weight: 6,
      timestamp: 1_500_000_000,
      parents: [],
      nonce: 0n,
      ...changes,
    };
    const tx = Buffer.from(encodeVertex(transaction)).toString('hex');
    return service.submit({ tx, add_parents: true, ...options });
  }

  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const error = (call: () => unknown) => {
    try {
      return call();
    } catch (thrown) {
      const refused = thrown as HttpException;
      return [refused.getStatus(), refused.getResponse()];
    }
  };

  it('gives a transaction parents, a time of the chain and a proof of work', async () => {
    const { job_id, status, tx } = job();
    expect(status).toBe('mining');
    expect(tx).toMatchObject({ nonce: null, timestamp: null, weight: 6 });
    const placed = decodeVertex(miner.finish());
    await settled();
    const done = service.status(job_id);
    expect(done).toMatchObject({ status: 'done', tx: { parents: placed.parents, weight: 6 } });
    expect(done.tx.timestamp).toBe(placed.timestamp);
    expect(placed.timestamp).toBeGreaterThan(running.chain.best.timestamp);
    expect(placed.timestamp).toBe(clock.now() / 1000);
    const { length } = done.tx.nonce ?? '';
    expect(length).toBe(8);
    expect(submitted).toEqual([]);
  });

  it('hands the solved transaction to the chain if asked to', async () => {
    const { job_id } = job({}, { propagate: true });
    miner.finish();
    await settled();
    expect(service.status(job_id).status).toBe('done');
    expect(submitted).toHaveLength(1);
  });

  it('says why the chain refused it', async () => {
    refusal = new TransactionRefusedError('Spent reward is locked.');
    const { job_id } = job({}, { propagate: true });
    miner.finish();
    await settled();
    expect(service.status(job_id)).toMatchObject({
      status: 'failed',
      message: 'Spent reward is locked.',
    });
  });

  it('gives up after the time that was asked for, and then takes the same transaction again', async () => {
    const { job_id } = job({}, { timeout: 2 });
    clock.advance(1999);
    expect(service.status(job_id).status).toBe('mining');
    clock.advance(1);
    await settled();
    expect(service.status(job_id).status).toBe('timeout');
    expect(job()).toMatchObject({ job_id, status: 'mining', timeout: 20 });
  });

  it('can be told to stop, once', async () => {
    const { job_id } = job();
    expect(service.cancel(job_id)).toEqual({ cancelled: true, 'job-id': job_id });
    await settled();
    expect(service.status(job_id).status).toBe('cancelled');
    expect(error(() => service.cancel(job_id))).toEqual([
      400,
      { error: 'job-has-already-finished' },
    ]);
  });

  it.each([
    ['missing-job-id', 400, undefined],
    ['invalid-uuid', 400, 'xyz'],
    ['job-not-found', 404, '00'],
  ])('answers %s with status %i to the id %p', (words, status, id) => {
    expect(error(() => service.status(id))).toEqual([status, { error: words }]);
  });

  it('goes on with the job that it has when the same transaction comes again', async () => {
    const { job_id } = job();
    expect(job()).toMatchObject({ job_id, status: 'mining' });
    expect(miner.searches).toHaveLength(1);
    miner.finish();
    await settled();
    expect(job()).toMatchObject({ job_id, status: 'done' });
  });

  it('refuses too much weight, no time, and what is no transaction', () => {
    expect(error(() => job({ weight: 36 }))).toEqual([400, { error: 'tx-weight-is-too-high' }]);
    expect(error(() => job({ signalBits: 1 }, { timeout: 0 }))).toEqual([
      400,
      { error: 'invalid-timeout' },
    ]);
    expect(error(() => service.submit({ tx: 'zz' }))).toEqual([400, { error: 'invalid-tx' }]);
    expect(error(() => service.submit({ tx: '0001' }))).toEqual([400, { error: 'invalid-tx' }]);
  });
});
