import type { Database, Transaction } from 'lmdb';
import type { LogMarks } from '@sluice/engine';

/** Is told the outcome of one write; given so that lmdb does not make a promise per write. */
export type WriteDone = (error: Error | null, stored?: boolean) => void;

/**
 * What this package uses of an lmdb table. The library takes `append` and callbacks, but its own types do not
 * say so.
 */
export interface EventTable {
  put(id: number, value: Uint8Array, options: { append: true }): Promise<boolean>;
  remove(id: number, done: WriteDone): void;
  clearAsync(done: WriteDone): void;
  /** Valid until the next read; `length` is the number of valid bytes, the array itself may be longer. */
  getBinaryFast(id: number, options?: { transaction: Transaction }): Uint8Array | undefined;
  getKeys(options: KeyRange): Iterable<number>;
}

/**
 * A range of keys; `reverse` starts at the greatest key that is not above `start`. `end: undefined` must be said: the
 * library's default end is no key of ours.
 */
export interface KeyRange {
  readonly start: number;
  readonly end: undefined;
  readonly limit?: number;
  readonly reverse?: boolean;
  readonly transaction?: Transaction;
}

/** JSON by name. */
export interface RecordTable {
  put(name: string, value: unknown, done: WriteDone): void;
  get(name: string): unknown;
  getKeys(options: { start: string; end: string }): Iterable<string>;
}

/** What is stored about a stream, rewritten in the same transaction as every change. */
export interface StreamRecord {
  readonly epoch: string;
  readonly first: number;
  readonly head: number;
  /** Bytes of events that are kept. */
  readonly bytes: number;
  /** Id of the first event of the newest batch, which retention never takes. */
  readonly newest: number;
  readonly marks: LogMarks;
}

/** Bytes of the value that is stored for it. */
export function recordBytes(record: StreamRecord): number {
  return Buffer.byteLength(JSON.stringify(record));
}

/** A table as {@link EventTable}. */
export function asEventTable(table: Database): EventTable {
  return table as unknown as EventTable;
}

/** A table as {@link RecordTable}. */
export function asRecordTable(table: Database): RecordTable {
  return table as unknown as RecordTable;
}
