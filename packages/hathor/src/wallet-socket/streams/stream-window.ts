/** What an acknowledgement means to a window, by rows 5 to 8 of contract 1.6. */
export type AckOutcome = 'ignored' | 'outdated' | 'beyond' | 'accepted';

/** Frames that may be sent and not acknowledged; null: unlimited. Clients may name any integer. */
export type WindowSize = number | bigint | null;

/** Which frame of a stream may be sent: pure numbers (contract 1.6, "Flow control"). */
export class StreamWindow {
  private nextSeq = 0;
  private lastAck = -1;
  private limit: WindowSize;

  /** @param size null or negative: unlimited. */
  constructor(size: WindowSize) {
    this.limit = normal(size);
  }

  /** `seq` of the next frame. */
  get next(): number {
    return this.nextSeq;
  }

  /** The window in force; null: unlimited. */
  get size(): WindowSize {
    return this.limit;
  }

  /** Whether the next frame may be sent. The first one, `begin`, is sent without asking. */
  get open(): boolean {
    return this.limit === null || this.nextSeq - this.lastAck <= this.limit;
  }

  /** Takes the number of the frame that is being sent. */
  take(): number {
    return this.nextSeq++;
  }

  ack(seq: number): AckOutcome {
    if (seq === this.lastAck) return 'ignored';
    if (seq < this.lastAck) return 'outdated';
    if (seq >= this.nextSeq) return 'beyond';
    this.lastAck = seq;
    return 'accepted';
  }

  /** Negative: unlimited. */
  resize(size: number | bigint): void {
    this.limit = normal(size);
  }
}

function normal(size: WindowSize): WindowSize {
  return size === null || size < 0 ? null : size;
}
