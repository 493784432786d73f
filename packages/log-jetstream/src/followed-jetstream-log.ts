/** A stream on a JetStream server that another process writes: one tail for all readers of this process. */
import { setTimeout as pause } from 'node:timers/promises';
import type { StreamInfo } from '@nats-io/jetstream';
import type { FollowedLog, FollowOptions, LogMarks, LogPage, PageLimits } from '@sluice/engine';
import { closedError, SluiceError } from '@sluice/engine';
import { BatchAssembly } from './batch-assembly.js';
import { logFault } from './log-faults.js';
import { timeOfReply } from './message-time.js';
import { findStored, type FoundStream } from './open-stream.js';
import { StoredContent } from './stored-content.js';
import type { StreamLink } from './stream-link.js';
import type { StreamScan } from './stream-scan.js';
import type { StreamState } from './stream-state.js';

/** What the store hands to a followed stream. */
export interface FollowParts {
  readonly stream: string;
  readonly link: StreamLink;
  readonly options: Omit<FollowOptions, 'signal'>;
  /** Ends the wait for the stream. */
  readonly signal: AbortSignal;
  /** Told of waits for a stream that is not there. */
  readonly waiting: <T>(wait: Promise<T>) => Promise<T>;
  /** Hears why following has ended although nobody closed it. */
  readonly onFailure: (error: SluiceError) => void;
  readonly onClose: () => void;
}

/** Milliseconds between looks for a stream that is not there. */
const LOOK_MS = 250;
/**
 * Messages and bytes of one request of the tail, and milliseconds that it stays with the server. A server cuts a connection
 * that is owed more than 64 MB.
 */
const TAIL_MESSAGES = 256;
const TAIL_BYTES = 8 * 1024 * 1024;
const TAIL_WAIT_MS = 10_000;

export class FollowedJetStreamLog implements FollowedLog {
  private content: StoredContent;
  private created: string;
  /** The last message that was looked at, which may belong to a batch that is not finished. */
  private lastSeq: number;
  /** When that message was stored. A message of the tail says it in its address, which is read when it is needed. */
  private lastTime: bigint | string | undefined;
  private assembly = new BatchAssembly();
  /** Sequence of the last message that was left out. */
  private missed = 0;
  private scan: StreamScan | undefined;
  private readonly ending = new AbortController();
  private failure: SluiceError | undefined;
  private closing: Promise<void> | undefined;
  private following: Promise<void> = Promise.resolve();

  private constructor(
    private readonly parts: FollowParts,
    found: FoundStream,
  ) {
    const { lastCommit, created } = found;
    this.content = new StoredContent(parts.link, found.state, lastCommit);
    this.created = created;
    this.lastSeq = lastCommit;
  }

  /** Waits until the stream is there. */
  static async open(parts: FollowParts): Promise<FollowedJetStreamLog> {
    const { link, signal } = parts;
    const found = await parts.waiting(existing(link, signal));
    const log = new FollowedJetStreamLog(parts, found);
    if (found.firstSeq > found.state.firstSeq) await log.content.forgetBefore(found.firstSeq);
    log.lastTime = await link.timeOf(found.lastCommit);
    log.following = log.follow();
    return log;
  }

  get stream(): string {
    return this.parts.stream;
  }

  get epoch(): string {
    return this.state.epoch;
  }

  get marks(): LogMarks {
    return this.state.marks;
  }

  get first(): number {
    return this.state.first;
  }

  get head(): number {
    return this.state.head;
  }

  async read(from: number, limits: PageLimits): Promise<LogPage> {
    if (this.closing !== undefined) throw closedError(`stream '${this.stream}'`);
    if (this.failure !== undefined) throw this.failure;
    return this.content.read(from, limits);
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private get state(): StreamState {
    return this.content.state;
  }

  private async end(): Promise<void> {
    this.ending.abort();
    this.scan?.close();
    this.content.close();
    this.parts.link.close();
    await this.following;
    this.parts.onClose();
  }

  /** Until closed: what is missing first, then what comes. Every interruption begins again with a look at the stream. */
  private async follow(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      try {
        const { losses } = this.parts.link;
        await this.catchUp();
        const before = this.lastSeq;
        await this.tail(losses);
        if (this.lastSeq > before) continue;
      } catch (error) {
        if (!mayPass(error)) return this.fail(error);
      }
      await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private fail(error: unknown): void {
    if (this.ending.signal.aborted) return;
    this.failure = SluiceError.from(error);
    this.parts.onFailure(this.failure);
    this.parts.options.onLost?.(this.failure);
  }

  private present(): Promise<StreamInfo> {
    const { link, waiting } = this.parts;
    return link.info().catch(async (error: unknown) => {
      if (!mayPass(error)) throw error;
      await waiting(existing(link, this.ending.signal));
      return link.info();
    });
  }

  /** Whether the stream is still the one that was followed; if messages were removed unseen, goes on behind them. */
  private async catchUp(): Promise<void> {
    const { link, waiting } = this.parts;
    const { created, state } = await this.present();
    const isSame =
      created === this.created &&
      state.last_seq >= this.lastSeq &&
      (state.first_seq > this.lastSeq || (await this.isWhereItWas()));
    if (isSame && state.first_seq <= this.lastSeq + 1) return;
    const found = await waiting(existing(link, this.ending.signal));
    const continues =
      isSame && found.state.epoch === this.epoch && found.state.head >= this.state.head;
    this.lastSeq = found.lastCommit;
    this.lastTime = await link.timeOf(found.lastCommit);
    this.assembly = new BatchAssembly();
    if (continues) {
      this.content.move(found.state, found.lastCommit);
    } else {
      this.content.close();
      this.content = new StoredContent(link, found.state, found.lastCommit);
      this.created = found.created;
    }
    if (found.firstSeq > found.state.firstSeq) await this.content.forgetBefore(found.firstSeq);
    if (continues) this.parts.options.onAppend(this.head + 1, []);
    else this.parts.options.onRenew();
  }

  /** Whether the last message is the one that was seen: in a stream that was set back and filled anew it is another one. */
  private async isWhereItWas(): Promise<boolean> {
    const { lastTime } = this;
    const seen = typeof lastTime === 'string' ? timeOfReply(lastTime) : lastTime;
    const stored = await this.parts.link.timeOf(this.lastSeq);
    return seen === undefined || stored === undefined || seen === stored;
  }

  /** @param losses of the connection before the stream was looked at. */
  private async tail(losses: number): Promise<void> {
    const { link } = this.parts;
    const scan = await link.scan(this.lastSeq + 1);
    this.scan = scan;
    // If the connection was lost meanwhile, it may be of another stream than the one that was looked at.
    if (this.ending.signal.aborted || link.losses !== losses) scan.close();
    try {
      while (scan.idle) {
        if (!(await this.receive(scan))) this.missing();
      }
    } finally {
      scan.close();
    }
  }

  /** What was left out was removed by somebody, which a look at the stream shows, or it is lost. */
  private missing(): never {
    const seq = this.lastSeq + 1;
    if (this.missed !== seq) {
      this.missed = seq;
      throw new Error(`message ${seq} did not come`);
    }
    throw logFault(this.stream, 'damaged', `message ${seq} is missing`, { details: { seq } });
  }

  /** One request. @returns false if a message was left out. */
  private receive(scan: StreamScan): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const bytes = Math.max(TAIL_BYTES, 2 * this.parts.link.maxPayload);
      let isGapless = true;
      scan.request(
        { messages: TAIL_MESSAGES, bytes, waitMs: TAIL_WAIT_MS },
        {
          message: (seq, payload, reply) => {
            isGapless &&= seq === this.lastSeq + 1;
            if (!isGapless) return;
            this.lastSeq = seq;
            this.lastTime = reply;
            try {
              this.take(seq, payload);
            } catch (error) {
              // Nothing behind it counts.
              isGapless = false;
              reject(SluiceError.from(error));
            }
          },
          end: (_, denied) => (denied === undefined ? resolve(isGapless) : reject(denied)),
        },
      );
    });
  }

  private take(seq: number, payload: Uint8Array): void {
    const record = this.parts.link.decode(seq, payload);
    this.content.keep(record);
    const batch = this.assembly.add(record);
    if (batch === undefined) return;
    const { epoch, head } = this.state;
    const { state, events } = batch;
    this.content.move(state, seq);
    const continues = state.epoch === epoch && state.head === head + events.length;
    if (continues) this.parts.options.onAppend(head + 1, events);
    else this.parts.options.onRenew();
  }
}

/** What is stored, once something is. */
async function existing(link: StreamLink, signal: AbortSignal): Promise<FoundStream> {
  for (;;) {
    signal.throwIfAborted();
    try {
      const found = await findStored(link);
      if (found !== undefined) return found;
    } catch (error) {
      if (!mayPass(error)) throw error;
    }
    await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Whether it is worth waiting: the writer may make the stream anew. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof SluiceError)) return true;
  return error.details.reason === 'deleted' || error.details.reason === 'purged';
}
