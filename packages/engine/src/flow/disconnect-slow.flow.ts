import type { CancelTask } from '../time/clock.js';
import type { FlowMessage, FlowOutlet, FlowPolicy, SessionFlowControl } from './flow-control.js';
import { checkFlowOptions, milliseconds, positiveInteger } from './flow-options.js';
import { FrameQueue } from './frame-queue.js';

/** Options of {@link disconnectSlow}. */
export interface DisconnectSlowOptions {
  /** Milliseconds without progress, while messages wait, after which the session is evicted; default 5000. */
  readonly afterMs?: number;
  /** Most messages that wait; one more evicts the session. Default 10,000. */
  readonly messages?: number;
  /** Most bytes that wait; more evict the session. Default 4 MiB. */
  readonly bytes?: number;
}

const DEFAULTS = { afterMs: 5000, messages: 10_000, bytes: 4 * 1024 * 1024 };

/**
 * Sends every message in order and ends sessions that do not keep up: while the socket is full, messages wait, and a
 * session whose socket makes no progress meanwhile is evicted. Nothing is ever dropped for a session that lives.
 *
 * The default policy of a topic.
 *
 * @throws SluiceError `INVALID` that lists every faulty option.
 */
export function disconnectSlow(options: DisconnectSlowOptions = {}): SessionFlowControl {
  const limits = { ...DEFAULTS, ...options };
  checkFlowOptions('disconnectSlow', limits, {
    afterMs: milliseconds,
    messages: positiveInteger,
    bytes: positiveInteger,
  });
  return { scope: 'session', create: (outlet) => new DisconnectSlow(outlet, limits) };
}

class DisconnectSlow implements FlowPolicy {
  private readonly queue = new FrameQueue();
  private cancelCheck: CancelTask | undefined;
  private queuedBytes = 0;
  private progressAt = 0;

  constructor(
    private readonly outlet: FlowOutlet,
    private readonly limits: Required<DisconnectSlowOptions>,
  ) {}

  get held(): { messages: number; bytes: number } {
    return { messages: this.queue.messages, bytes: this.queue.bytes };
  }

  offer({ frame }: FlowMessage): void {
    if (this.queue.messages === 0 && this.outlet.writable) {
      this.outlet.write(frame);
      return;
    }
    const { queue, limits } = this;
    if (queue.messages >= limits.messages || queue.bytes + frame.length > limits.bytes) {
      this.evict('outbound queue is full');
      return;
    }
    queue.push(frame);
    this.watch();
  }

  drained(): void {
    this.stopWatching();
    while (this.outlet.writable) {
      const frame = this.queue.shift();
      if (frame === undefined) return;
      this.outlet.write(frame);
    }
    if (this.queue.messages > 0) this.watch();
  }

  end(): void {
    this.stopWatching();
    this.queue.clear();
  }

  private watch(): void {
    const queued = this.outlet.queuedBytes;
    if (this.cancelCheck !== undefined && queued >= this.queuedBytes) return;
    this.queuedBytes = queued;
    this.progressAt = this.outlet.clock.now();
    this.cancelCheck ??= this.outlet.clock.after(this.limits.afterMs, () => {
      this.check();
    });
  }

  private check(): void {
    const { clock, queuedBytes } = this.outlet;
    if (queuedBytes < this.queuedBytes) this.progressAt = clock.now();
    this.queuedBytes = queuedBytes;
    const left = this.progressAt + this.limits.afterMs - clock.now();
    if (left <= 0) {
      this.evict(`no progress for ${this.limits.afterMs} ms`);
      return;
    }
    this.cancelCheck = clock.after(left, () => {
      this.check();
    });
  }

  private evict(reason: string): void {
    const lost = this.queue.messages;
    this.end();
    if (lost > 0) this.outlet.dropped(lost);
    this.outlet.evict(reason);
  }

  private stopWatching(): void {
    this.cancelCheck?.();
    this.cancelCheck = undefined;
  }
}
