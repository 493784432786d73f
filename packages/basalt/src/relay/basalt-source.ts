/** A Basalt node as followers see it: its HTTP interface, and where its stream is. */
import type { Clock } from '@sluice/engine';
import { parseJson } from '@sluice/engine';
import type { BasaltBlock } from '../blocks/basalt-block.js';
import { readBlock } from './read-block.js';

/** Answer of `GET /v1/sync/status`. */
export interface SourceStatus {
  readonly latestBlock: bigint;
  readonly latestHash: string;
}

/** Collaborators of a {@link BasaltSource}. */
export interface BasaltSourceOptions {
  readonly clock: Clock;
  /** Longest time for one answer, milliseconds. */
  readonly timeoutMs: number;
}

/** The source gave an answer that is none. */
export class SourceAnswerError extends Error {
  override readonly name = 'SourceAnswerError';
}

export class BasaltSource {
  /** @param url base URL without a slash at the end. */
  constructor(
    readonly url: string,
    private readonly options: BasaltSourceOptions,
  ) {}

  /** URL of the block stream. */
  get streamUrl(): string {
    return `${this.url.replace(/^http/i, 'ws')}/ws/blocks`;
  }

  /** @throws SourceAnswerError, or what the network throws. */
  async status(signal: AbortSignal): Promise<SourceStatus> {
    const answer = await this.get('/v1/sync/status', signal);
    const { latestBlock, latestHash } = (answer ?? {}) as Record<string, unknown>;
    if (!isHeight(latestBlock) || typeof latestHash !== 'string') {
      throw new SourceAnswerError(`${this.url} has no sync status`);
    }
    return { latestBlock: BigInt(latestBlock), latestHash: latestHash.toLowerCase() };
  }

  /**
   * A block of the source's present branch; undefined if it knows none.
   *
   * @param which number, hash, or `latest`.
   * @throws SourceAnswerError, or what the network throws.
   */
  async block(which: bigint | string, signal: AbortSignal): Promise<BasaltBlock | undefined> {
    const answer = await this.get(`/v1/blocks/${which}`, signal);
    if (answer === undefined) return undefined;
    const block = readBlock(answer);
    if (block === undefined) throw new SourceAnswerError(`${this.url} gave no block for ${which}`);
    return block;
  }

  /** Undefined: 404. */
  private async get(path: string, signal: AbortSignal): Promise<unknown> {
    const abort = new AbortController();
    const { clock, timeoutMs } = this.options;
    const cancel = clock.after(timeoutMs, () => {
      abort.abort(new SourceAnswerError(`${this.url}${path}: no answer within ${timeoutMs} ms`));
    });
    try {
      const response = await fetch(this.url + path, {
        signal: AbortSignal.any([signal, abort.signal]),
        headers: { accept: 'application/json' },
      });
      const text = await response.text();
      if (response.status === 404) return undefined;
      if (!response.ok) throw new SourceAnswerError(`${this.url}${path}: ${response.status}`);
      return parseJson(text);
    } finally {
      cancel();
    }
  }
}

function isHeight(value: unknown): value is number | bigint {
  return (typeof value === 'bigint' || Number.isSafeInteger(value)) && (value as number) >= 0;
}
