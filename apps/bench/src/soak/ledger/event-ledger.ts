import type { Fault } from './fault.js';
import type { StoredEvents } from './stored-events.js';

/** Follows one client through a durable stream, over all its connections: ids without a gap, the same events for all. */
export class EventLedger {
  private next = 0;

  constructor(private readonly stored: StoredEvents) {}

  /** Newest id that came; undefined before the first. */
  get last(): number | undefined {
    return this.next === 0 ? undefined : this.next - 1;
  }

  /** The client goes back and asks for what is behind an id. */
  resumeAfter(id: number | undefined): void {
    this.next = (id ?? -1) + 1;
  }

  /** @param event its text. */
  receive(id: number, event: string): Fault | undefined {
    const expected = `event ${String(this.next)}`;
    const got = `event ${String(id)}`;
    if (id < this.next) return { kind: 'doubled or out of order', expected, got };
    const isMissed = id > this.next;
    this.next = id + 1;
    if (isMissed) return { kind: 'missed', expected, got };
    if (this.stored.isSame(id, event)) return undefined;
    return {
      kind: 'different',
      expected: `${expected} as others got it`,
      got: event.slice(0, 300),
    };
  }

  /** @param head newest id of the stream. */
  missing(head: number): Fault | undefined {
    if (this.next > head) return undefined;
    return {
      kind: 'missed',
      expected: `events ${String(this.next)} to ${String(head)}`,
      got: 'nothing more',
    };
  }
}
