import type { Clock } from '@sluice/engine';
import type { Socket } from 'node:net';

/** Ends the connection once this many more bytes have passed. */
interface Cut {
  remaining: number;
  readonly act: () => void;
}

/** One direction of a proxied connection. */
export class ProxyPipe {
  private readonly delayed: (() => void)[] = [];
  private cut: Cut | undefined;
  private stalled = false;
  private swallows = false;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly clock: Clock,
    private latencyMs: number,
  ) {
    from.on('data', (bytes) => {
      this.later(() => {
        this.forward(bytes);
      });
    });
    from.on('end', () => {
      this.later(() => this.to.end());
    });
    to.on('drain', () => {
      if (!this.stalled) from.resume();
    });
  }

  setLatency(ms: number): void {
    this.latencyMs = ms;
  }

  stall(): void {
    this.stalled = true;
    this.from.pause();
  }

  resume(): void {
    this.stalled = false;
    this.from.resume();
  }

  /** Reads on, passes nothing on, neither bytes nor the end. */
  swallow(): void {
    this.swallows = true;
    this.resume();
  }

  cutAfter(bytes: number, act: () => void): void {
    if (bytes === 0) act();
    else this.cut = { remaining: bytes, act };
  }

  private later(task: () => void): void {
    if (this.swallows) return;
    if (this.latencyMs === 0 && this.delayed.length === 0) {
      task();
      return;
    }
    // Each timer runs the oldest task, so that a change of latency cannot change the order.
    this.delayed.push(task);
    this.clock.after(this.latencyMs, () => {
      const oldest = this.delayed.shift();
      if (!this.swallows) oldest?.();
    });
  }

  private forward(bytes: Buffer): void {
    if (!this.to.writable) return;
    const { cut } = this;
    if (cut === undefined || bytes.length < cut.remaining) {
      if (cut !== undefined) cut.remaining -= bytes.length;
      if (!this.to.write(bytes)) this.from.pause();
      return;
    }
    this.swallow();
    // A reset that meets its bytes in the receiver's same turn would be reported to it as an end.
    this.to.write(bytes.subarray(0, cut.remaining), () => {
      setImmediate(() => setImmediate(cut.act));
    });
  }
}
