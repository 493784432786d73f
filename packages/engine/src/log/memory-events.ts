import type { LogRetention, PageLimits } from './event-log.js';

interface Batch {
  readonly count: number;
  readonly bytes: number;
}

/** Consecutive events in memory, with the batches they came in. */
export class MemoryEvents {
  private events: Uint8Array[] = [];
  private batches: Batch[] = [];
  private bytes = 0;
  /** Events and batches at the start of the arrays that are forgotten but not yet cut off. */
  private skippedEvents = 0;
  private skippedBatches = 0;

  constructor(private base: number) {}

  get first(): number {
    return this.base + this.skippedEvents;
  }

  /** Bytes of the events that are kept. */
  get keptBytes(): number {
    return this.bytes;
  }

  get head(): number {
    return this.base + this.events.length - 1;
  }

  append(batch: readonly Uint8Array[]): void {
    if (batch.length === 0) return;
    let bytes = 0;
    for (const event of batch) {
      this.events.push(event);
      bytes += event.length;
    }
    this.batches.push({ count: batch.length, bytes });
    this.bytes += bytes;
  }

  page(from: number, limits: PageLimits): Uint8Array[] {
    const page: Uint8Array[] = [];
    let bytes = 0;
    for (let index = from - this.base; page.length < limits.events; index += 1) {
      const event = this.events[index];
      if (event === undefined) break;
      bytes += event.length;
      if (page.length > 0 && bytes > limits.bytes) break;
      page.push(event);
    }
    return page;
  }

  /** Forgets the oldest batches while there is more than `retention`; the newest always stays. */
  trim({ events = Infinity, bytes = Infinity }: LogRetention): void {
    while (this.events.length - this.skippedEvents > events || this.bytes > bytes) {
      const oldest = this.batches[this.skippedBatches];
      if (oldest === undefined || this.skippedBatches === this.batches.length - 1) break;
      this.events.fill(NOTHING, this.skippedEvents, this.skippedEvents + oldest.count);
      this.skippedEvents += oldest.count;
      this.skippedBatches += 1;
      this.bytes -= oldest.bytes;
    }
    if (this.skippedEvents > this.events.length / 2) this.cutOff();
  }

  /** Done when half of the array is forgotten, so that each event is moved once on average. */
  private cutOff(): void {
    this.base = this.first;
    this.events = this.events.slice(this.skippedEvents);
    this.batches = this.batches.slice(this.skippedBatches);
    this.skippedEvents = 0;
    this.skippedBatches = 0;
  }
}

const NOTHING = new Uint8Array(0);
