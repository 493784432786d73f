import type { RegularBlock } from '@sluice/hathor/codec';
import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Progress, Work } from './mining.worker.js';

/** What a {@link MiningCrew} tells. */
export interface CrewHandler {
  /** Hashes that a thread has tried for the work of the moment, and the milliseconds that it took. */
  hashed(hashes: number, ms: number): void;
  /** A proof of work for the work of the moment; the crew rests from then on. */
  found(block: RegularBlock): void;
  /** A thread has died. */
  failed(error: Error): void;
}

/** Threads that search a nonce for one block at a time. */
export class MiningCrew {
  private readonly workers: readonly Worker[];
  private job = 0;
  private block: RegularBlock | undefined;

  constructor(
    threads: number,
    private readonly handler: CrewHandler,
  ) {
    this.workers = Array.from({ length: threads }, () => {
      const worker = new Worker(new URL('./mining.worker.js', import.meta.url));
      worker.on('message', (progress: Progress) => this.receive(progress));
      worker.on('error', (error) => handler.failed(error));
      return worker;
    });
  }

  /** Replaces what the crew works on, at once. */
  work(block: RegularBlock): void {
    this.block = block;
    this.job++;
    for (const worker of this.workers) {
      const work: Work = { job: this.job, block, startNonce: randomStart() };
      worker.postMessage(work);
    }
  }

  rest(): void {
    this.block = undefined;
    this.job++;
    for (const worker of this.workers) worker.postMessage(undefined);
  }

  async dismiss(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  private receive({ job, hashes, ms, nonce }: Progress): void {
    const { block } = this;
    if (job !== this.job || block === undefined) return;
    this.handler.hashed(hashes, ms);
    if (nonce === undefined) return;
    this.rest();
    this.handler.found({ ...block, nonce });
  }
}

/**
 * Somewhere in the lower half of the 128-bit nonces, so that threads, and miners for the same address, do not try the same
 * ones and none comes to the end.
 */
function randomStart(): bigint {
  return BigInt(`0x${randomBytes(16).toString('hex')}`) >> 1n;
}
