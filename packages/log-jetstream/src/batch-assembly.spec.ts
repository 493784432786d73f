import { describe, expect, it } from '@jest/globals';
import { BatchAssembly } from './batch-assembly.js';
import type { StoredRecord } from './record.js';
import { emptyState } from './stream-state.js';

const STATE = emptyState('e', 0, 1, {});

/** Part `part` of a batch of `parts` records from event `base` on, one event each. */
function record(base: number, part: number, parts: number): StoredRecord {
  const id = base + part;
  const events = [Buffer.from(`${id}`)];
  const sizes = { batchEvents: parts, batchBytes: 0, before: 0, size: 1, seq: 0, count: 1 };
  const state = part === parts - 1 ? { state: STATE } : {};
  return { id, base, part, parts, events, ...sizes, ...state };
}

function assembled(records: readonly StoredRecord[]): string[] {
  const assembly = new BatchAssembly();
  return records.flatMap((next) => {
    const batch = assembly.add(next);
    return batch === undefined ? [] : [batch.events.map((event) => String(event)).join(' ')];
  });
}

describe('BatchAssembly', () => {
  it('gives a batch with its last record', () => {
    const records = [record(0, 0, 1), record(1, 0, 3), record(1, 1, 3), record(1, 2, 3)];
    expect(assembled(records)).toEqual(['0', '1 2 3']);
  });

  it.each([
    ['an attempt that is begun again', [record(0, 0, 3), record(0, 1, 3)]],
    ['an attempt at a larger batch', [record(0, 0, 9)]],
    ['an attempt whose beginning was not seen', [record(0, 1, 3), record(0, 2, 3)]],
    ['a record that was left out', [record(0, 0, 3), record(0, 2, 3)]],
  ])('leaves out %s', (_, torn) => {
    expect(assembled([...torn, record(0, 0, 2), record(0, 1, 2)])).toEqual(['0 1']);
  });

  it('gives nothing for a batch without events but its state', () => {
    const empty = { ...record(4, 0, 1), events: [], count: 0 };
    expect(new BatchAssembly().add(empty)).toEqual({ events: [], state: STATE });
  });
});
