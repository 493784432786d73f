/** A thread that hashes: works on what it was given last, slice by slice, and looks for new work in between. */
import { mine } from '@sluice/hathor/codec';
import type { RegularBlock } from '@sluice/hathor/codec';
import { parentPort } from 'node:worker_threads';

/** What a thread works on. */
export interface Work {
  readonly job: number;
  readonly block: RegularBlock;
  readonly startNonce: bigint;
}

/** What a thread has done; with a nonce it has found one, and rests. */
export interface Progress {
  readonly job: number;
  readonly hashes: number;
  /** Milliseconds that the hashes took. */
  readonly ms: number;
  readonly nonce?: bigint;
}

/** Some milliseconds: for so long new work may have to wait. */
const SLICE = 4096;

let current: Work | undefined;
let isScheduled = false;

function search(): void {
  isScheduled = false;
  if (current === undefined) return;
  const { job, block, startNonce } = current;
  const start = performance.now();
  const found = mine(block, { startNonce, maxAttempts: SLICE });
  const ms = performance.now() - start;
  if (found === undefined) {
    current = { job, block, startNonce: startNonce + BigInt(SLICE) };
    tell({ job, hashes: SLICE, ms });
    schedule();
  } else {
    current = undefined;
    tell({ job, hashes: Number(found.nonce - startNonce) + 1, ms, nonce: found.nonce });
  }
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(search);
}

function tell(progress: Progress): void {
  parentPort?.postMessage(progress);
}

parentPort?.on('message', (work: Work | undefined) => {
  current = work;
  schedule();
});
