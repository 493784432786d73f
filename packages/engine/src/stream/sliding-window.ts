/**
 * The reference node's acknowledged window, as pure state (Hathor contract 2.5). Acknowledging rewinds (go-back-N):
 * whatever was sent after the acknowledged id is sent again.
 */

/** An event id as a client names it: any integer from 0; beyond 2^53 a bigint. */
export type StreamPosition = number | bigint;

/** Why a request does not fit the window's state. */
export type WindowRefusal = 'ACTIVE' | 'INACTIVE' | 'ACK_TOO_SMALL' | 'ACK_TOO_LARGE';

/** The values of a window. */
export interface WindowState {
  readonly active: boolean;
  /** Last event sent; null: none. */
  readonly sent: StreamPosition | null;
  /** Last event acknowledged; null: none. */
  readonly acked: StreamPosition | null;
  /** Most events that may be sent and not acknowledged. */
  readonly size: number;
}

const FRESH: WindowState = { active: false, sent: null, acked: null, size: 0 };

/** Which events a session may get, and what its requests change. */
export class SlidingWindow {
  /** Changed in place: every delivery moves `sent`. */
  private readonly state: { -readonly [Value in keyof WindowState]: WindowState[Value] };

  /** @param initial default: inactive, nothing sent or acknowledged, size 0. */
  constructor(initial: WindowState = FRESH) {
    this.state = { ...initial };
  }

  /** The current values. */
  get current(): WindowState {
    return { ...this.state };
  }

  /** Whether a stream is started and not stopped. */
  get active(): boolean {
    return this.state.active;
  }

  /** Id of the only event that may be sent next; infinite once a client starts beyond any possible id. */
  get next(): number {
    const { sent } = this.state;
    if (sent === null) return 0;
    return typeof sent === 'number' ? sent + 1 : Infinity;
  }

  /** How many events may be sent now. */
  get credit(): number {
    const { active, sent, acked, size } = this.state;
    if (!active) return 0;
    const pending = sent === null ? 0 : Number(sent) - Number(acked ?? -1);
    return Math.max(0, size - pending);
  }

  /** Whether the event `id` may be sent now. */
  maySend(id: number): boolean {
    return this.credit > 0 && id === this.next;
  }

  /** Records that `count` events from {@link next} on were sent. */
  advance(count: number): void {
    this.state.sent = this.next + count - 1;
  }

  /** Starts after `last` (null: from the first event). A refusal leaves the stream inactive but moves `sent`. */
  start(last: StreamPosition | null, size: number): WindowRefusal | undefined {
    const { active, acked } = this.state;
    if (active) return 'ACTIVE';
    this.state.sent = last;
    if (acked !== null && (last === null || last <= acked)) return 'ACK_TOO_SMALL';
    Object.assign(this.state, { active: true, acked: last, size });
    return undefined;
  }

  /** Acknowledges everything up to `id` and rewinds to it. */
  ack(id: StreamPosition, size: number): WindowRefusal | undefined {
    const { active, sent, acked } = this.state;
    if (!active) return 'INACTIVE';
    if (acked !== null && id <= acked) return 'ACK_TOO_SMALL';
    if (sent === null || id > sent) return 'ACK_TOO_LARGE';
    Object.assign(this.state, { sent: id, acked: id, size });
    return undefined;
  }

  /** Stops sending; positions are kept. */
  stop(): WindowRefusal | undefined {
    if (!this.state.active) return 'INACTIVE';
    this.state.active = false;
    return undefined;
  }
}
