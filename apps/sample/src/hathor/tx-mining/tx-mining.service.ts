import { HttpException, Inject, Injectable } from '@nestjs/common';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Clock } from '@sluice/engine';
import { HathorNodeChain, TransactionRefusedError } from '@sluice/hathor';
import type { Transaction } from '@sluice/hathor/codec';
import { decodeVertex, encodeVertex, fundsHash, isBlock } from '@sluice/hathor/codec';
import { CLOCK } from '@sluice/nestjs';
import { HATHOR_SOURCE, type HathorSource } from '../hathor-source.js';
import type { JobAnswer } from './mining-job.js';
import { MiningJob } from './mining-job.js';
import { TxMiner } from './tx-miner.js';

/** What `submit-job` is asked for. */
export interface JobRequest {
  /** The transaction in hex, with or without parents. */
  readonly tx: string;
  /** Whether the solved transaction goes to the chain; default false. */
  readonly propagate?: boolean;
  /** Whether it gets parents; default false. */
  readonly add_parents?: boolean;
  /** Seconds; default, and at most, 20. */
  readonly timeout?: number;
}

const MAX_WEIGHT = 35;
const TIMEOUT = 20;
/** Jobs that are remembered, so that their results can be asked for. */
const MOST_JOBS = 1000;

/** The part of a tx-mining-service that wallets use: proofs of work for their transactions, one after the other. */
@Injectable()
export class TxMiningService {
  private readonly jobs = new Map<string, MiningJob>();

  constructor(
    @Inject(HATHOR_SOURCE) private readonly source: HathorSource,
    private readonly chain: HathorNodeChain,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly miner: TxMiner,
  ) {}

  /**
   * @returns the new job, or the one that there is for the same transaction.
   * @throws HttpException 400 with the service's own `error`, 503 if there are too many jobs.
   */
  submit({ tx, propagate = false, add_parents = false, timeout = TIMEOUT }: JobRequest): JobAnswer {
    if (!(timeout > 0)) throw refusal('invalid-timeout');
    const transaction = this.placed(decoded(tx), add_parents);
    if (!(transaction.weight <= MAX_WEIGHT)) throw refusal('tx-weight-is-too-high');
    const id = bytesToHex(fundsHash(transaction));
    const running = this.jobs.get(id);
    if (running?.isForgettable === false) return running.toAnswer();
    this.forgetOldest();
    const job = new MiningJob(id, transaction, this.now, Math.min(timeout, TIMEOUT));
    this.jobs.delete(id);
    this.jobs.set(id, job);
    void this.run(job, propagate, Math.min(timeout, TIMEOUT));
    return job.toAnswer();
  }

  /** @throws HttpException 400 without an id, 404 for one that is unknown. */
  status(id: unknown): JobAnswer {
    return this.find(id).toAnswer();
  }

  /** @throws HttpException as `status`, and 400 if the job has ended. */
  cancel(id: unknown): { readonly cancelled: true; readonly 'job-id': string } {
    const job = this.find(id);
    if (job.hasEnded) throw refusal('job-has-already-finished');
    job.end('cancelled', this.now);
    return { cancelled: true, 'job-id': job.id };
  }

  private get now(): number {
    return this.clock.now() / 1000;
  }

  private async run(job: MiningJob, propagate: boolean, timeout: number): Promise<void> {
    const { transaction, abort } = job;
    const stop = this.clock.after(timeout * 1000, () => job.end('timeout', this.now));
    try {
      const nonce = await this.miner.solve(encodeVertex(transaction), abort.signal);
      if (propagate) await this.chain.submitTransaction(encodeVertex({ ...transaction, nonce }));
      job.end('done', this.now, { nonce });
    } catch (error) {
      const { message } = error as Error;
      job.end('failed', this.now, {
        message: error instanceof TransactionRefusedError ? message : `not solved: ${message}`,
      });
    } finally {
      stop();
    }
  }

  /** With a time that the chain accepts: the mock chain's clock is not the wallet's. */
  private placed(transaction: Transaction, addParents: boolean): Transaction {
    const { running } = this.source;
    if (running === undefined) return transaction;
    const { parents, timestamp } = running.chain.placeFor(
      transaction,
      addParents ? undefined : transaction.parents,
    );
    return { ...transaction, parents, timestamp };
  }

  private find(id: unknown): MiningJob {
    if (typeof id !== 'string' || id === '') throw refusal('missing-job-id');
    if (!/^([0-9a-f]{2})+$/i.test(id)) throw refusal('invalid-uuid');
    const job = this.jobs.get(id.toLowerCase());
    if (job === undefined) throw refusal('job-not-found', 404);
    return job;
  }

  private forgetOldest(): void {
    if (this.jobs.size < MOST_JOBS) return;
    const [oldest] = [...this.jobs.values()].filter(({ hasEnded }) => hasEnded);
    if (oldest === undefined) throw refusal('new-job-refused', 503);
    this.jobs.delete(oldest.id);
  }
}

function decoded(hex: string): Transaction {
  try {
    const vertex = decodeVertex(hexToBytes(hex));
    if (!isBlock(vertex)) return vertex;
  } catch {
    // Neither hex nor a transaction: all the same to the wallet.
  }
  throw refusal('invalid-tx');
}

function refusal(error: string, status = 400): HttpException {
  return new HttpException({ error }, status);
}
