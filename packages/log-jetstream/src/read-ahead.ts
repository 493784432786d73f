/**
 * Readers that go on where they were need no request per message: what comes next is fetched in long stretches, once for
 * all who are near the same place.
 */
import { SluiceError } from '@sluice/engine';
import type { StoredRecord } from './record.js';
import type { StreamLink } from './stream-link.js';
import type { StreamScan } from './stream-scan.js';

/** Bytes that are asked for first; each time twice as much, for a reader that stays gets through more. */
const FIRST_BYTES = 256 * 1024;
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_MESSAGES = 4096;
/** Milliseconds the server may take: what is asked for is stored already. */
const WAIT_MS = 5000;
/** Places of readers that are fetched for at the same time. */
const STRETCHES = 16;
/** A stretch gives way to another when its readers were away for this many pages of others. */
const AWAY_PAGES = 64;

interface Stretch {
  /** Sequences that were asked for and are about in the cache, or on their way. */
  from: number;
  to: number;
  /** Sequence behind the last that has arrived. */
  arrived: number;
  busy: boolean;
  lastUse: number;
  /** Bytes to ask for next. */
  bytes: number;
  scan: StreamScan | undefined;
  /** Those who wait for what is on its way, by sequence. */
  readonly waiters: Map<number, Waiter>;
}

type Waiter = (record: StoredRecord | undefined) => void;

export class ReadAhead {
  private readonly stretches = new Set<Stretch>();
  private uses = 0;
  private recordBytes = 1024;
  private closed = false;

  /**
   * @param room bytes that {@link keep} has room for.
   * @param keep takes what has arrived.
   */
  constructor(
    private readonly link: StreamLink,
    private readonly room: number,
    private readonly keep: (record: StoredRecord) => void,
  ) {}

  /**
   * Fetches ahead for a reader.
   *
   * @param seq what it needs next.
   * @param until the last that is stored.
   * @returns false if there are too many readers at other places: this one is not fetched for.
   */
  ensure(seq: number, until: number): boolean {
    this.uses += 1;
    const stretch = this.at(seq) ?? this.begin(seq);
    if (stretch === undefined) return false;
    stretch.lastUse = this.uses;
    const bytes = Math.min(stretch.bytes, this.room / 2 / this.stretches.size);
    const messages = Math.min(Math.max(Math.round(bytes / this.recordBytes), 4), MOST_MESSAGES);
    if (!stretch.busy && stretch.to < until && stretch.to - seq < messages) {
      const from = stretch.to + 1;
      stretch.from = Math.max(stretch.from, from - 2 * messages);
      stretch.to = Math.min(from + messages - 1, until);
      stretch.bytes = Math.min(stretch.bytes * 2, MOST_BYTES);
      stretch.busy = true;
      void this.extend(stretch, from);
    }
    return true;
  }

  /** The record at `seq`, if it is on its way. Resolves with undefined if it does not come after all. */
  arrival(seq: number): Promise<StoredRecord | undefined> | undefined {
    for (const { busy, arrived, to, waiters } of this.stretches) {
      if (!busy || seq < arrived || seq > to) continue;
      return new Promise((resolve) => waiters.set(seq, resolve));
    }
    return undefined;
  }

  /** Nothing more is fetched. */
  close(): void {
    this.closed = true;
    for (const stretch of this.stretches) this.drop(stretch);
  }

  private at(seq: number): Stretch | undefined {
    for (const stretch of this.stretches) {
      if (seq >= stretch.from && seq <= stretch.to + 1) return stretch;
    }
    return undefined;
  }

  private begin(seq: number): Stretch | undefined {
    if (this.closed || (this.stretches.size >= STRETCHES && !this.makeRoom())) return undefined;
    const stretch: Stretch = {
      from: seq,
      to: seq - 1,
      arrived: seq,
      busy: false,
      lastUse: this.uses,
      bytes: FIRST_BYTES,
      scan: undefined,
      waiters: new Map(),
    };
    this.stretches.add(stretch);
    return stretch;
  }

  private makeRoom(): boolean {
    for (const stretch of this.stretches) {
      if (stretch.busy || this.uses - stretch.lastUse < AWAY_PAGES) continue;
      this.drop(stretch);
      return true;
    }
    return false;
  }

  private async extend(stretch: Stretch, from: number): Promise<void> {
    try {
      stretch.scan ??= await this.link.scan(from);
      if (!this.stretches.has(stretch)) stretch.scan.close();
      const messages = stretch.to - from + 1;
      const bytes = Math.max(MOST_BYTES, 2 * this.link.maxPayload);
      const usable = await this.receive(stretch, { messages, bytes, waitMs: WAIT_MS });
      stretch.busy = false;
      stretch.to = stretch.arrived - 1;
      giveUp(stretch);
      if (!usable) this.drop(stretch);
    } catch {
      // Whoever needs a record asks for it alone and hears what is wrong.
      this.drop(stretch);
    }
  }

  private receive(
    stretch: Stretch,
    request: Parameters<StreamScan['request']>[0],
  ): Promise<boolean> {
    const { scan } = stretch;
    if (scan?.idle !== true) return Promise.resolve(false);
    return new Promise((resolve, reject) => {
      scan.request(request, {
        message: (seq, payload) => {
          try {
            this.arrive(stretch, this.link.decode(seq, payload));
          } catch (error) {
            reject(SluiceError.from(error));
          }
        },
        end: resolve,
      });
    });
  }

  private arrive(stretch: Stretch, record: StoredRecord): void {
    const { seq, size } = record;
    stretch.arrived = seq + 1;
    this.recordBytes += (size - this.recordBytes) / 16;
    this.keep(record);
    stretch.waiters.get(seq)?.(record);
    stretch.waiters.delete(seq);
  }

  private drop(stretch: Stretch): void {
    this.stretches.delete(stretch);
    stretch.scan?.close();
    giveUp(stretch);
  }
}

/** What was asked for and has not come is asked for one by one. */
function giveUp({ waiters }: Stretch): void {
  for (const wake of waiters.values()) wake(undefined);
  waiters.clear();
}
