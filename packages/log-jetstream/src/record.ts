/**
 * A record is one JetStream message: consecutive events of one batch. A batch that is too large for one message is
 * several records in a row; its last one carries the state of the stream and makes the batch count. A batch without
 * events (marks, a discard) is one record.
 *
 * Layout: `SL`, version (1 byte), length of the header (4 bytes), header as JSON, length of each event (4 bytes each), events.
 */
import type { StreamState } from './stream-state.js';

/** The header of a record. */
export interface RecordHeader {
  /** Id of the record's first event. */
  readonly id: number;
  readonly count: number;
  /** Id of the first event of the batch. */
  readonly base: number;
  /** Which of how many records of the batch this is. */
  readonly part: number;
  readonly parts: number;
  /** Events and bytes of the whole batch, and bytes of the epoch before it. */
  readonly batchEvents: number;
  readonly batchBytes: number;
  readonly before: number;
  /** The stream after the batch; in its last record. */
  readonly state?: StreamState;
}

/** A record as it is stored. */
export interface StoredRecord extends RecordHeader {
  readonly seq: number;
  readonly events: readonly Uint8Array[];
  /** Size of the message. */
  readonly size: number;
}

const MAGIC = Buffer.from('SL');
const VERSION = 1;
const FIXED_BYTES = 7;
const LENGTH_BYTES = 4;

/** Why a message is not a record: written by something else, or by a newer release. */
export class NotARecordError extends Error {
  constructor(readonly reason: 'foreign' | 'newer') {
    super(reason === 'foreign' ? 'not a record of this log' : 'written by a newer release');
  }
}

export function encodeRecord(header: RecordHeader, events: readonly Uint8Array[]): Uint8Array {
  const json = Buffer.from(JSON.stringify(header));
  const table = FIXED_BYTES + json.length;
  const start = table + events.length * LENGTH_BYTES;
  const payload = Buffer.allocUnsafe(events.reduce((sum, { length }) => sum + length, start));
  payload.set(MAGIC);
  payload.writeUInt8(VERSION, 2);
  payload.writeUInt32BE(json.length, 3);
  payload.set(json, FIXED_BYTES);
  let at = start;
  for (const [index, event] of events.entries()) {
    payload.writeUInt32BE(event.length, table + index * LENGTH_BYTES);
    payload.set(event, at);
    at += event.length;
  }
  return payload;
}

/** @throws NotARecordError if the message cannot be read. */
export function decodeRecord(seq: number, payload: Uint8Array): StoredRecord {
  const data = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
  if (!data.subarray(0, 2).equals(MAGIC)) throw new NotARecordError('foreign');
  if ((data[2] ?? 0) > VERSION) throw new NotARecordError('newer');
  try {
    const table = FIXED_BYTES + data.readUInt32BE(3);
    const header = JSON.parse(data.toString('utf8', FIXED_BYTES, table)) as RecordHeader;
    const events: Uint8Array[] = [];
    let at = table + header.count * LENGTH_BYTES;
    for (let index = 0; index < header.count; index += 1) {
      const end = at + data.readUInt32BE(table + index * LENGTH_BYTES);
      events.push(data.subarray(at, end));
      at = end;
    }
    if (at !== data.length) throw new NotARecordError('foreign');
    return { ...header, seq, events, size: data.length };
  } catch {
    throw new NotARecordError('foreign');
  }
}
