import { describe, expect, it } from '@jest/globals';
import { EventLedger } from './event-ledger.js';
import { StoredEvents } from './stored-events.js';

describe('a ledger of a durable stream', () => {
  const faults = (ledger: EventLedger, ...ids: readonly number[]) =>
    ids.flatMap((id) => ledger.receive(id, `event ${String(id)}`) ?? []);

  it('finds nothing wrong with every event once, over all connections', () => {
    const ledger = new EventLedger(new StoredEvents());
    expect(faults(ledger, 0, 1, 2)).toEqual([]);
    ledger.resumeAfter(1);
    expect(faults(ledger, 2, 3)).toEqual([]);
    expect(ledger.missing(3)).toBeUndefined();
    expect(ledger.last).toBe(3);
  });

  it('says what was missed, and goes on from there', () => {
    const ledger = new EventLedger(new StoredEvents());
    expect(faults(ledger, 0, 2, 3)).toEqual([
      { kind: 'missed', expected: 'event 1', got: 'event 2' },
    ]);
    expect(ledger.missing(5)).toMatchObject({ kind: 'missed', expected: 'events 4 to 5' });
  });

  it('says what came twice', () => {
    const ledger = new EventLedger(new StoredEvents());
    expect(faults(ledger, 0, 1, 1, 2)).toEqual([
      { kind: 'doubled or out of order', expected: 'event 2', got: 'event 1' },
    ]);
  });

  it('says what differs from what others got', () => {
    const stored = new StoredEvents();
    expect(faults(new EventLedger(stored), 0, 1)).toEqual([]);
    const other = new EventLedger(stored);
    expect(other.receive(0, 'event 0')).toBeUndefined();
    expect(other.receive(1, 'another')).toMatchObject({ kind: 'different', got: 'another' });
  });
});
