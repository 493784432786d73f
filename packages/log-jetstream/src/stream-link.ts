/**
 * One JetStream stream over the connection. Requests wait through lost connections, restarts and slow answers until the
 * server has answered; what they reject with is what is wrong with the stream.
 */
import { setTimeout as pause } from 'node:timers/promises';
import {
  JetStreamApiCodes,
  JetStreamApiError,
  type StoredMsg,
  type StreamInfo,
} from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import { closedError, SluiceError } from '@sluice/engine';
import { logFault } from './log-faults.js';
import { timeOfText } from './message-time.js';
import { decodeRecord, NotARecordError, type StoredRecord } from './record.js';
import type { ServerConnection } from './server-connection.js';
import { StreamScan } from './stream-scan.js';

const RETRY_MS = 100;
const MSG_ID = 'Nats-Msg-Id';

/** Error codes of the JetStream API. */
const WRONG_LAST_SEQUENCE = new Set<number>([
  JetStreamApiCodes.StreamWrongLastSequence,
  JetStreamApiCodes.StreamWrongLastSequenceUnknown,
]);
const MESSAGE_TOO_LARGE = 10054;
/** The cluster has no leader at the moment, the stream is not up yet. */
const LATER = new Set([10008, 10009, 10076, 10118]);
/** A limit of the account, the server, the stream, or the disk. */
const FULL = new Set([10002, 10023, 10028, 10047, 10077]);

/** Messages whose acknowledgements are awaited together. */
const TOGETHER = 16;

/** A message and its id, by which the server knows it again. */
export interface OutgoingMessage {
  readonly payload: Uint8Array;
  readonly msgID: string;
}

/** The request was cut off; whether it was carried out is not known. */
class CutOffError extends Error {}

export class StreamLink {
  private readonly underWay = new Set<(error: Error) => void>();
  private readonly release: () => void;
  private closedBy: SluiceError | undefined;

  /** @param stream Name of the JetStream stream and its subject. */
  constructor(
    readonly stream: string,
    private readonly connection: ServerConnection,
  ) {
    this.release = connection.onLoss(() => this.cutOff(new CutOffError('connection lost')));
  }

  /** See {@link ServerConnection.losses}. */
  get losses(): number {
    return this.connection.losses;
  }

  get maxPayload(): number {
    return this.connection.maxPayload;
  }

  /** The record at `seq`; undefined if there is none. */
  async record(seq: number): Promise<StoredRecord | undefined> {
    const message = await this.message(seq);
    return message === null ? undefined : this.decode(seq, message.data);
  }

  /** When the message at `seq` was stored, Unix nanoseconds; undefined if there is none. */
  async timeOf(seq: number): Promise<bigint | undefined> {
    const message = await this.message(seq);
    return message === null ? undefined : timeOfText(message.timestamp);
  }

  /** @throws SluiceError `foreign` or `newer` if the message is no record. */
  decode(seq: number, payload: Uint8Array): StoredRecord {
    try {
      return decodeRecord(seq, payload);
    } catch (error) {
      if (!(error instanceof NotARecordError)) throw error;
      throw logFault(this.stream, error.reason, `message ${seq} is ${error.message}`);
    }
  }

  /** Messages from sequence `from` on, many for one request. */
  scan(from: number): Promise<StreamScan> {
    return this.answer(() => StreamScan.open(this.connection, this.stream, from));
  }

  info(): Promise<StreamInfo> {
    return this.answer(() => this.connection.manager.streams.info(this.stream));
  }

  /**
   * Stores a message as `lastSeq + 1`, once, however often it has to be sent.
   *
   * @throws SluiceError `fenced` if another writer's message is there, `rolled-back` if the stream ends earlier,
   * `storage-full`, `too-large` or `write-failed` if the server refuses it.
   */
  publish(payload: Uint8Array, msgID: string, lastSeq: number): Promise<void> {
    return this.answer(async () => {
      try {
        const { seq } = await this.connection.publisher.publish(this.stream, payload, {
          msgID,
          expect: { lastSequence: lastSeq, streamName: this.stream },
        });
        if (seq !== lastSeq + 1) throw this.fenced(seq);
      } catch (error) {
        if (!(error instanceof JetStreamApiError) || LATER.has(error.code)) throw error;
        if (!WRONG_LAST_SEQUENCE.has(error.code)) throw this.refusal(error);
        // Either another writer's, or our own whose acknowledgement was lost longer ago than the server remembers ids.
        await this.requireOwn(msgID, lastSeq);
      }
    });
  }

  /**
   * Stores messages as `lastSeq + 1` and so on, each once. Acknowledgements are awaited together; what is not acknowledged
   * is sent again one by one.
   *
   * @param stored called with each message that is stored, in order.
   * @throws SluiceError as {@link publish}, for the first message that is not stored.
   */
  async publishAll(
    messages: readonly OutgoingMessage[],
    lastSeq: number,
    stored: () => void,
  ): Promise<void> {
    for (let at = 0; at < messages.length; at += TOGETHER) {
      const some = messages.slice(at, at + TOGETHER);
      const first = lastSeq + at;
      let known = some.length > 1 ? await this.acknowledged(some, first) : 0;
      for (let index = 0; index < known; index += 1) stored();
      for (const { payload, msgID } of some.slice(known)) {
        await this.publish(payload, msgID, first + known);
        known += 1;
        stored();
      }
    }
  }

  /**
   * Sends messages without waiting for one another. Each expects its predecessor by name: by sequence alone, one could
   * follow another writer's first message, and the batches of two would mix.
   *
   * @returns how many at the beginning are certainly stored.
   */
  private async acknowledged(
    messages: readonly OutgoingMessage[],
    lastSeq: number,
  ): Promise<number> {
    const { publisher } = this.connection;
    const sent = messages.map(({ payload, msgID }, index) => {
      const before = messages[index - 1]?.msgID;
      return publisher.publish(this.stream, payload, {
        msgID,
        expect: {
          lastSequence: lastSeq + index,
          streamName: this.stream,
          ...(before !== undefined && { lastMsgID: before }),
        },
      });
    });
    const answers = await this.interruptible(Promise.allSettled(sent)).catch(() => []);
    const missing = answers.findIndex(
      (answer, index) => answer.status === 'rejected' || answer.value.seq !== lastSeq + index + 1,
    );
    return missing === -1 ? answers.length : missing;
  }

  /** Removes all messages before `seq`. Tries once; what stays is removed by a later call. */
  async removeBefore(seq: number): Promise<void> {
    await this.connection.manager.streams.purge(this.stream, { seq }).catch(() => undefined);
  }

  /** Closes it when `signal` comes, with its reason. @returns what ends this. */
  closeWith(signal: AbortSignal): () => void {
    const cutOff = (): void => this.close(SluiceError.from(signal.reason));
    signal.addEventListener('abort', cutOff);
    if (signal.aborted) cutOff();
    return () => signal.removeEventListener('abort', cutOff);
  }

  /** Rejects what is under way, and everything later, with `reason`. */
  close(reason = closedError(`stream '${this.stream}'`)): void {
    if (this.closedBy !== undefined) return;
    this.closedBy = reason;
    this.release();
    this.cutOff(reason);
  }

  private message(seq: number): Promise<StoredMsg | null> {
    const { direct, streams } = this.connection.manager;
    // A replica that lags may not have it yet: the leader decides.
    return this.answer(
      async () =>
        (await direct.getMessage(this.stream, { seq })) ??
        (await streams.getMessage(this.stream, { seq })),
    );
  }

  private async requireOwn(msgID: string, lastSeq: number): Promise<void> {
    const seq = lastSeq + 1;
    const { streams } = this.connection.manager;
    const { state } = await streams.info(this.stream);
    if (state.last_seq < lastSeq) {
      throw logFault(
        this.stream,
        'rolled-back',
        `the stream ends at sequence ${state.last_seq}, ${lastSeq} was acknowledged`,
      );
    }
    // A cluster may count what it has not stored yet, as when its leader changes: it is to be asked again.
    if (state.last_seq === lastSeq) throw new Error(`nothing is stored after ${lastSeq}`);
    const stored = await streams.getMessage(this.stream, { seq });
    if (stored?.header.get(MSG_ID) !== msgID) throw this.fenced(seq);
  }

  private fenced(seq: number): SluiceError {
    return logFault(this.stream, 'fenced', `another writer has stored sequence ${seq}`);
  }

  private refusal(error: JetStreamApiError): SluiceError {
    const reason =
      error.code === MESSAGE_TOO_LARGE
        ? 'too-large'
        : FULL.has(error.code)
          ? 'storage-full'
          : 'write-failed';
    return logFault(this.stream, reason, `the server refuses a message (${error.message})`, {
      cause: error,
    });
  }

  /** Repeats `request` until it is answered or the stream is given up. */
  private async answer<T>(request: () => Promise<T>): Promise<T> {
    for (;;) {
      if (this.closedBy !== undefined) throw this.closedBy;
      if (this.connection.ended) {
        throw logFault(this.stream, 'unreachable', 'the connection has ended');
      }
      try {
        await this.interruptible(this.connection.connected());
        const answer = await this.interruptible(request());
        this.connection.heard();
        return answer;
      } catch (error) {
        this.throwIfFinal(error);
        if (!(error instanceof CutOffError)) await this.requireStream(error);
      }
      await this.interruptible(pause(RETRY_MS)).catch((error: unknown) => this.throwIfFinal(error));
    }
  }

  /** No answer: nobody listens on the subject because the stream is gone, or it is not up yet, or the server is slow. */
  private async requireStream(unanswered: unknown): Promise<void> {
    try {
      const { streams } = this.connection.manager;
      const { config } = await this.interruptible(streams.info(this.stream));
      if (config.subjects.includes(this.stream)) return;
      throw logFault(this.stream, 'foreign', 'the stream no longer takes its subject');
    } catch (error) {
      this.throwIfFinal(error);
      if (unanswered instanceof Error) this.connection.heard(unanswered);
    }
  }

  /** Throws what another attempt would not change. */
  private throwIfFinal(cause: unknown): void {
    if (cause instanceof SluiceError) throw cause;
    if (cause instanceof JetStreamApiError && !LATER.has(cause.code)) {
      if (cause.code === Number(JetStreamApiCodes.StreamNotFound)) {
        throw logFault(this.stream, 'deleted', 'the stream no longer exists', { cause });
      }
      throw logFault(this.stream, 'write-failed', cause.message, { cause });
    }
    const reason = cause instanceof errors.RequestError ? cause.cause : cause;
    if (reason instanceof errors.PermissionViolationError) {
      throw logFault(this.stream, 'permission', reason.message, { cause });
    }
    if (reason instanceof errors.InvalidArgumentError) {
      throw logFault(this.stream, 'too-large', reason.message, { cause });
    }
  }

  private interruptible<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.underWay.add(reject);
      const done = (): boolean => this.underWay.delete(reject);
      promise.then(resolve, reject).then(done, done);
    });
  }

  private cutOff(error: Error): void {
    for (const reject of this.underWay) reject(error);
    this.underWay.clear();
  }
}
