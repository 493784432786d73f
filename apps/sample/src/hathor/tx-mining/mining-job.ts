import type { Transaction } from '@sluice/hathor/codec';

/** States of a job, by the service's own names. */
export type JobStatus = 'mining' | 'done' | 'failed' | 'timeout' | 'cancelled';

/** A job as the service shows it. */
export interface JobAnswer {
  readonly job_id: string;
  readonly status: JobStatus;
  readonly message: string;
  /** Unix seconds. */
  readonly created_at: number;
  readonly tx: {
    /** Hex; null until it is found. */
    readonly nonce: string | null;
    readonly parents: readonly string[];
    readonly timestamp: number | null;
    readonly weight: number;
  };
  /** Seconds. */
  readonly timeout: number;
  readonly submitted_at: number | null;
  readonly total_time: number | null;
  readonly expected_queue_time: number;
  readonly expected_mining_time: number;
  readonly expected_total_time: number;
}

/** A transaction on its way to its proof of work. */
export class MiningJob {
  readonly abort = new AbortController();
  private status: JobStatus = 'mining';
  private message = '';
  private nonce: bigint | undefined;
  private endedAt: number | null = null;

  /**
   * @param id the transaction's funds hash.
   * @param transaction with the parents and the time that it will have.
   * @param createdAt Unix seconds.
   * @param timeout seconds.
   */
  constructor(
    readonly id: string,
    readonly transaction: Transaction,
    private readonly createdAt: number,
    private readonly timeout: number,
  ) {}

  get hasEnded(): boolean {
    return this.status !== 'mining';
  }

  /** Whether the same transaction may be tried again. */
  get isForgettable(): boolean {
    return this.status === 'timeout';
  }

  /** Ends the job; nothing happens if it has ended before. */
  end(
    status: Exclude<JobStatus, 'mining'>,
    at: number,
    { message = '', nonce }: { message?: string; nonce?: bigint } = {},
  ): void {
    if (this.hasEnded) return;
    this.status = status;
    this.message = message;
    this.nonce = nonce;
    this.endedAt = at;
    this.abort.abort(new Error(status));
  }

  toAnswer(): JobAnswer {
    const { id, status, message, createdAt, endedAt, timeout, transaction, nonce } = this;
    return {
      job_id: id,
      status,
      message,
      created_at: createdAt,
      tx: {
        nonce: nonce === undefined ? null : nonce.toString(16).padStart(8, '0'),
        parents: transaction.parents,
        timestamp: nonce === undefined ? null : transaction.timestamp,
        weight: transaction.weight,
      },
      timeout,
      submitted_at: endedAt,
      total_time: endedAt === null ? null : endedAt - createdAt,
      expected_queue_time: 0,
      expected_mining_time: 0,
      expected_total_time: 0,
    };
  }
}
