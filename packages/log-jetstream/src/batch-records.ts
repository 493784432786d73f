import { encodeRecord } from './record.js';
import type { StreamState } from './stream-state.js';

/**
 * Most bytes of events in one record, unless a single event is larger: small enough that a page which begins in the
 * middle does not fetch much in vain, large enough that the cost of a message does not count.
 */
const RECORD_BYTES = 64 * 1024;

/** The messages of a batch that makes `before` into `after`. */
export function batchRecords(
  events: readonly Uint8Array[],
  before: StreamState,
  after: StreamState,
  maxPayload: number,
): Uint8Array[] {
  const groups = groupsOf(events, Math.min(RECORD_BYTES, Math.floor(maxPayload / 2)));
  const batch = {
    base: before.head + 1,
    parts: groups.length,
    batchEvents: events.length,
    batchBytes: events.reduce((sum, { length }) => sum + length, 0),
    before: before.total,
  };
  let id = batch.base;
  return groups.map((group, part) => {
    const header = { id, count: group.length, ...batch, part };
    id += group.length;
    const isLast = part === groups.length - 1;
    return encodeRecord(isLast ? { ...header, state: after } : header, group);
  });
}

/** The one message that makes the stream what `state` says, whatever it was: empty. */
export function emptyStreamRecord(state: StreamState): Uint8Array {
  const none = { count: 0, part: 0, parts: 1, batchEvents: 0, batchBytes: 0, before: 0 };
  return encodeRecord({ id: state.first, base: state.first, ...none, state }, []);
}

function groupsOf(events: readonly Uint8Array[], limit: number): Uint8Array[][] {
  let group: Uint8Array[] = [];
  const groups = [group];
  let bytes = 0;
  for (const event of events) {
    if (group.length > 0 && bytes + event.length > limit) {
      group = [];
      groups.push(group);
      bytes = 0;
    }
    group.push(event);
    // Its entry in the table of lengths counts, or a million empty events would make one message.
    bytes += event.length + 4;
  }
  return groups;
}
