import type { OnModuleDestroy } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Finds nonces; one transaction after the other. */
export abstract class TxMiner {
  /**
   * @param bytes a transaction whose nonce does not matter.
   * @param signal gives up the search, begun or not.
   * @throws the signal's reason, or an error if there is no nonce.
   */
  abstract solve(bytes: Uint8Array, signal: AbortSignal): Promise<bigint>;
}

/** Searches in a thread, so that the server goes on meanwhile. */
@Injectable()
export class ThreadTxMiner extends TxMiner implements OnModuleDestroy {
  private worker: Worker | undefined;
  private last: Promise<unknown> = Promise.resolve();

  override solve(bytes: Uint8Array, signal: AbortSignal): Promise<bigint> {
    const task = () => this.search(bytes, signal);
    const found = this.last.then(task, task);
    this.last = found.catch(() => undefined);
    return found;
  }

  async onModuleDestroy(): Promise<void> {
    await this.worker?.terminate();
  }

  private async search(bytes: Uint8Array, signal: AbortSignal): Promise<bigint> {
    signal.throwIfAborted();
    const worker = (this.worker ??= startWorker());
    try {
      const answer = once(worker, 'message', { signal }) as Promise<[bigint | undefined]>;
      worker.postMessage(bytes);
      const [nonce] = await answer;
      if (nonce === undefined) throw new Error('no nonce gives this transaction its weight');
      return nonce;
    } catch (error) {
      // The thread does not listen while it searches.
      this.worker = undefined;
      await worker.terminate();
      signal.throwIfAborted();
      throw error;
    }
  }
}

function startWorker(): Worker {
  const worker = new Worker(new URL('./mining.worker.js', import.meta.url));
  worker.unref();
  return worker;
}
