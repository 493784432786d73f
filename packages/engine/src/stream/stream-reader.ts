import { SluiceError } from '../errors.js';
import type { Counter } from '../metrics/metrics.js';
import type { Session } from '../session/session.js';
import type { SlidingWindow, StreamPosition, WindowRefusal } from './sliding-window.js';

/**
 * Where a reader stands.
 *
 * - `idle`: inactive, or the window is full; a request wakes it.
 * - `queued`: stored events wait for it; its turn will come.
 * - `reading`: a page is on its way from the log.
 * - `blocked`: the socket is full; its drain wakes it.
 * - `live`: at the head; gets new events as they are announced.
 * - `ended`: the session is gone.
 */
export type ReaderPhase = 'idle' | 'queued' | 'reading' | 'blocked' | 'live' | 'ended';

const TRANSITIONS: Readonly<Record<ReaderPhase, readonly ReaderPhase[]>> = {
  idle: ['queued', 'blocked', 'live', 'ended'],
  queued: ['idle', 'reading', 'blocked', 'live', 'ended'],
  reading: ['idle', 'queued', 'blocked', 'live', 'ended'],
  blocked: ['idle', 'queued', 'live', 'ended'],
  live: ['idle', 'queued', 'blocked', 'ended'],
  ended: [],
};

/** Told when a reader's phase changes or a request may have changed what it should do. */
export interface ReaderHost {
  phaseChanged(reader: StreamReader, from: ReaderPhase, to: ReaderPhase): void;
  wake(reader: StreamReader): void;
}

/**
 * One session's cursor in a stream. It holds no events, only positions: a session that does not keep up costs the same
 * as one that does.
 */
export class StreamReader {
  private currentPhase: ReaderPhase = 'idle';
  private pumping: Promise<void> | undefined;
  private endPumping: (() => void) | undefined;

  constructor(
    readonly session: Session,
    readonly window: SlidingWindow,
    private readonly host: ReaderHost,
    /** Counts what the session is sent. */
    readonly sent: Counter,
  ) {}

  get phase(): ReaderPhase {
    return this.currentPhase;
  }

  /** See {@link SlidingWindow.active}. */
  get active(): boolean {
    return this.window.active;
  }

  /** See {@link SlidingWindow.start}. */
  start(last: StreamPosition | null, size: number): WindowRefusal | undefined {
    return this.request(() => this.window.start(last, size));
  }

  /** See {@link SlidingWindow.ack}. */
  ack(id: StreamPosition, size: number): WindowRefusal | undefined {
    return this.request(() => this.window.ack(id, size));
  }

  /** See {@link SlidingWindow.stop}. */
  stop(): WindowRefusal | undefined {
    return this.request(() => this.window.stop());
  }

  /**
   * Resolves when stored events that the last request allowed have been sent, or cannot be; undefined if none waits. Who
   * takes up requests one after the other waits for it, so that a request finds the events sent that the one before it
   * brought.
   */
  pumped(): Promise<void> | undefined {
    if (!this.isPumping) return undefined;
    return (this.pumping ??= new Promise((resolve) => {
      this.endPumping = resolve;
    }));
  }

  /** The only place where the phase changes. */
  enter(next: ReaderPhase): void {
    const from = this.currentPhase;
    if (from === next) return;
    if (!TRANSITIONS[from].includes(next)) {
      throw new SluiceError('INTERNAL', `A stream reader cannot go from ${from} to ${next}`);
    }
    this.currentPhase = next;
    this.host.phaseChanged(this, from, next);
    if (!this.isPumping) this.tellPumped();
  }

  /** Whether it is this reader's turn, or will be: a page of stored events is what comes next. */
  private get isPumping(): boolean {
    return this.currentPhase === 'queued' || this.currentPhase === 'reading';
  }

  private tellPumped(): void {
    this.endPumping?.();
    this.endPumping = undefined;
    this.pumping = undefined;
  }

  private request(change: () => WindowRefusal | undefined): WindowRefusal | undefined {
    const refusal = change();
    if (refusal === undefined) this.host.wake(this);
    return refusal;
  }
}
