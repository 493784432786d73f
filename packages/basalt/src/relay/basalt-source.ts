/** A Basalt node as followers see it: its HTTP interface, and where its stream is. */
import type { Clock } from '@sluice/engine';
import { parseJson } from '@sluice/engine';
import type { BasaltBlock } from '../blocks/basalt-block.js';
import { httpAnswer, SourceAnswerError } from './http-answer.js';
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
   * @param which number, hash in lower case, or `latest`.
   * @throws SourceAnswerError, also if it gives another block than the one that was asked for, or what the network throws.
   */
  async block(which: bigint | string, signal: AbortSignal): Promise<BasaltBlock | undefined> {
    const answer = await this.get(`/v1/blocks/${which}`, signal);
    if (answer === undefined) return undefined;
    const block = readBlock(answer);
    if (block === undefined || !isAsked(block, which)) {
      throw new SourceAnswerError(`${this.url} gave no block ${which}`);
    }
    return block;
  }

  /** Undefined: 404. */
  private async get(path: string, signal: AbortSignal): Promise<unknown> {
    const url = this.url + path;
    const { status, body } = await httpAnswer(url, { ...this.options, signal });
    if (status === 404) return undefined;
    if (status < 200 || status > 299) throw new SourceAnswerError(`${url}: ${status}`);
    try {
      return parseJson(body);
    } catch (cause) {
      throw new SourceAnswerError(`${url}: no JSON`, { cause });
    }
  }
}

function isAsked({ number, hash }: BasaltBlock, which: bigint | string): boolean {
  if (which === 'latest') return true;
  return typeof which === 'bigint' ? BigInt(number) === which : hash === which;
}

function isHeight(value: unknown): value is number | bigint {
  return (typeof value === 'bigint' || Number.isSafeInteger(value)) && (value as number) >= 0;
}
