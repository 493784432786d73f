import type { RecordableHistogram } from 'node:perf_hooks';
import { monotonicMicros } from '../processes/monotonic.js';
import { numberAfter } from './number-after.js';

/** Where a message has its stamp: the texts right before sequence number and time. */
export interface StampPlaces {
  readonly sequence: string;
  readonly at: string;
}

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
  private readonly newest = new Map<number, number>();
  private deliveries = 0;
  private endedAt = 0;

  /** @param latency gets the microseconds of each delivery. */
  constructor(
    private readonly expected: Expectation,
    private readonly latency: RecordableHistogram,
  ) {
    this.counts = new Uint32Array(expected.events);
    this.lastReceipts = new Float64Array(expected.events);
  }

  /** @throws Error if the message was not to come, or not now. */
  take(client: number, sequence: number, at: number): void {
    const index = sequence - this.expected.first;
    const count = this.counts[index];
    if (count === undefined) throw new Error(`Event ${sequence} was not expected`);
    if (count === this.expected.receivers) throw new Error(`Event ${sequence} came too often`);
    if (sequence <= (this.newest.get(client) ?? -1)) throw new Error(`Event ${sequence} came late`);
    this.newest.set(client, sequence);
    this.counts[index] = count + 1;
    this.endedAt = monotonicMicros();
    const latency = Math.max(1, Math.round(this.endedAt - at));
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

/** @returns a function that reads the stamp of a message, or undefined if it has none. */
export function stampReader(
  places: StampPlaces,
): (payload: Buffer) => [number, number] | undefined {
  const sequenceMark = Buffer.from(places.sequence);
  const timeMark = Buffer.from(places.at);
  return (payload) => {
    const sequence = numberAfter(payload, sequenceMark);
    const at = numberAfter(payload, timeMark);
    return sequence === undefined || at === undefined ? undefined : [sequence, at];
  };
}
