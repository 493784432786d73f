/**
 * One history stream of one connection (contract 1.6). It pulls: nothing is read from the chain before it may be sent,
 * so that its memory does not depend on the history, the window or the client.
 */
import type { Session } from '@sluice/engine';
import { SluiceError, stringifyJson } from '@sluice/engine';
import { isPromise } from '../../chain/maybe-promise.js';
import type { StreamErrorMessage, StreamFrame } from '../wallet-messages.js';
import { streamError } from '../wallet-messages.js';
import type { CursorStep, HistoryCursor } from './history-cursor.js';
import { ackTooHigh, invalidAck, invalidWindow, outdatedAck } from './stream-refusals.js';
import type { StreamInput, StreamState } from './stream-state.js';
import { STREAM_STATES } from './stream-state.js';
import type { StreamScheduler, TurnTaker } from './stream-scheduler.js';
import type { StreamWindow } from './stream-window.js';

/** Collaborators of a {@link HistoryStream}. */
export interface HistoryStreamOptions {
  readonly session: Session;
  readonly cursor: HistoryCursor;
  readonly window: StreamWindow;
  readonly scheduler: StreamScheduler;
  /** Called once, when the stream is over, whatever the reason. */
  readonly onClose: () => void;
  /** Hears of what the chain throws. */
  readonly onError: (error: unknown) => void;
}

/** Most frames in one turn. */
const TURN_FRAMES = 256;
/** Most addresses in one turn: deriving one from a key takes about half a millisecond. */
const TURN_ADDRESSES = 8;
/** Bytes after which a turn is over. */
const TURN_BYTES = 64 * 1024;

const CHAIN_FAILED_CLOSE_CODE = 1011;

export class HistoryStream implements TurnTaker {
  private current: StreamState = 'running';
  /** A step was asked for and has not come yet. */
  private reading = false;
  /** A step that came from the chain and has not been sent. */
  private step: CursorStep | undefined;
  private endSeq: number | undefined;
  private readonly ignoreDrain: () => void;

  constructor(
    readonly id: string,
    private readonly options: HistoryStreamOptions,
  ) {
    this.ignoreDrain = options.session.onDrain(() => {
      this.wake();
    });
  }

  get state(): StreamState {
    return this.current;
  }

  /** Sends `begin` and starts. */
  begin(): void {
    this.send({ type: 'stream:history:begin', window_size: this.options.window.size });
    this.wake();
  }

  /** Addresses came, or the word that they were the last. */
  addressesCame(): void {
    this.apply('addresses');
    this.wake();
  }

  /** `request:history:ack`: rows 3 to 10 of contract 1.6. @returns the error to send, if any. */
  acknowledge(ack: unknown, window: unknown): StreamErrorMessage | undefined {
    if (ack !== undefined && ack !== null) {
      if (!isInteger(ack)) return invalidAck(this.id);
      const refusal = this.acknowledgeUpTo(ack);
      if (refusal !== undefined || this.current === 'closed') return refusal;
    }
    const resized = this.resize(window);
    if (this.options.window.open) this.apply('room');
    this.wake();
    return resized;
  }

  /** Ends the stream without a word to the client. */
  close(): void {
    if (!this.apply('close')) return;
    this.ignoreDrain();
    this.options.scheduler.remove(this);
    this.options.cursor.close();
    this.step = undefined;
    this.options.onClose();
  }

  /** What the chain gives may be anything: it costs this connection, not the process. */
  takeTurn(): boolean {
    try {
      return this.work();
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  /** @returns whether there is more to do. */
  private work(): boolean {
    const { session, window } = this.options;
    let frames = TURN_FRAMES;
    let addresses = TURN_ADDRESSES;
    while (this.current === 'running' && !this.reading) {
      if (!window.open) {
        this.apply('exhausted-window');
        break;
      }
      if (session.backlog > TURN_BYTES) {
        session.flush();
        return session.writable;
      }
      if (!session.writable) return false;
      if (frames-- === 0 || addresses === 0) return true;
      this.read();
      if (this.step?.kind === 'address') addresses--;
      this.takeStep();
    }
    return false;
  }

  /** Asks for a turn, if there may be something to do. A full socket asks by itself when it has room. */
  private wake(): void {
    if (this.current !== 'running' || this.reading || !this.options.session.writable) return;
    this.options.scheduler.add(this);
  }

  private read(): void {
    if (this.step !== undefined) return;
    const step = this.options.cursor.next();
    if (isPromise(step)) this.awaitStep(step);
    else this.step = step;
  }

  /** What comes is sent at the next turn: window and socket may have changed until then. */
  private awaitStep(coming: Promise<CursorStep>): void {
    this.reading = true;
    coming.then(
      (step) => {
        this.reading = false;
        if (this.current === 'closed') return;
        this.step = step;
        this.wake();
      },
      (error: unknown) => {
        this.reading = false;
        this.fail(error);
      },
    );
  }

  private takeStep(): void {
    const { step } = this;
    this.step = undefined;
    switch (step?.kind) {
      case 'address':
        this.send({ type: 'stream:history:address', ...step.item, subscribed: true });
        break;
      case 'vertex':
        this.send({ type: 'stream:history:vertex', data: step.vertex });
        break;
      case 'refused':
        this.refuse(`Address subscription failed: ${step.reason}`);
        break;
      case 'none-yet':
        this.apply('no-address');
        break;
      case 'exhausted':
        this.endSeq = this.send({ type: 'stream:history:end' });
        this.apply('ended');
    }
  }

  private send({ type, ...members }: StreamFrame): number {
    const { session, window } = this.options;
    const seq = window.take();
    session.send(stringifyJson({ type, id: this.id, seq, ...members }));
    return seq;
  }

  private refuse(errmsg: string): void {
    this.options.session.send(stringifyJson(streamError(this.id, errmsg)));
    this.close();
  }

  private acknowledgeUpTo(ack: number | bigint): StreamErrorMessage | undefined {
    const seq = Number(ack);
    if (seq === this.endSeq) {
      this.close();
      return undefined;
    }
    switch (this.options.window.ack(seq)) {
      case 'outdated':
        this.close();
        return outdatedAck(this.id, ack);
      case 'beyond':
        this.close();
        return ackTooHigh(this.id, ack);
      default:
        return undefined;
    }
  }

  private resize(window: unknown): StreamErrorMessage | undefined {
    if (window === undefined || window === null) return undefined;
    if (!isInteger(window)) return invalidWindow(this.id);
    this.options.window.resize(window);
    return undefined;
  }

  /** The chain failed: the client cannot be told what is missing, so the connection ends (rule T6). */
  private fail(error: unknown): void {
    if (this.current === 'closed') return;
    this.close();
    this.options.onError(SluiceError.from(error));
    this.options.session.close(CHAIN_FAILED_CLOSE_CODE);
  }

  /** The only place where the state changes. @returns whether it did. */
  private apply(input: StreamInput): boolean {
    const next = STREAM_STATES[this.current][input];
    if (next === undefined) return false;
    this.current = next;
    return true;
  }
}

/** JavaScript cannot tell `1.0` from `1`. Beyond 2^53 integers are bigints, and what is a number had a point or an exponent. */
function isInteger(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || Number.isSafeInteger(value);
}
