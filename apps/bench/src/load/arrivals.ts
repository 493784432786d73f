import type { RecordableHistogram } from 'node:perf_hooks';

/** Which events will come, and to how many clients each. */
export interface Expectation {
  readonly first: number;
  readonly events: number;
  readonly receivers: number;
}

/** What came. */
export interface Arrived {
  readonly deliveries: number;
  /** When the last message came, microseconds of the monotonic clock. */
  readonly endedAt: number;
  /** Of each event, microseconds from the time it was due until its last receiver had it. */
  readonly lastReceipts: readonly number[];
}

/** Counts what clients receive: every event of a volley, once for each receiver, in order. */
export class Arrivals {
  private readonly counts: Uint32Array;
  private readonly lastReceipts: Float64Array;
  /** Newest event of each client; 0: none. */
  private readonly newest: Float64Array;
  private deliveries = 0;
  private endedAt = 0;

  /**
   * @param clients most there are.
   * @param latency gets the microseconds of each delivery.
   */
  constructor(
    private readonly expected: Expectation,
    clients: number,
    private readonly latency: RecordableHistogram,
  ) {
    this.counts = new Uint32Array(expected.events);
    this.lastReceipts = new Float64Array(expected.events);
    this.newest = new Float64Array(clients);
  }

  /**
   * @param at when the event was due, and
   * @param now when the client had it: microseconds of the monotonic clock.
   * @throws Error if the message was not to come, or not now.
   */
  take(client: number, sequence: number, at: number, now: number): void {
    const index = sequence - this.expected.first;
    const count = this.counts[index];
    if (count === undefined) throw new Error(`Event ${sequence} was not expected`);
    if (count === this.expected.receivers) throw new Error(`Event ${sequence} came too often`);
    if (sequence <= (this.newest[client] ?? 0)) throw new Error(`Event ${sequence} came late`);
    this.newest[client] = sequence;
    this.counts[index] = count + 1;
    this.endedAt = now;
    const latency = Math.max(1, Math.round(now - at));
    this.latency.record(latency);
    this.lastReceipts[index] = Math.max(this.lastReceipts[index] ?? 0, latency);
    this.deliveries++;
  }

  get missing(): number {
    return this.expected.events * this.expected.receivers - this.deliveries;
  }

  get result(): Arrived {
    return {
      deliveries: this.deliveries,
      endedAt: this.endedAt,
      lastReceipts: [...this.lastReceipts],
    };
  }
}
