import type { Database, RootDatabase } from 'lmdb';
import { chunkKeys } from './chunk.js';
import { openFault } from './log-faults.js';
import {
  asEventTable,
  asRecordTable,
  type EventTable,
  type RecordTable,
  type StreamRecord,
  type WriteDone,
} from './lmdb-tables.js';

const FORMAT_RECORD = 'format';
const FORMAT = { product: 'sluice-event-log', version: 1 } as const;
const STREAM_PREFIX = 'stream:';

/** The tables of our file. */
export interface LogTables {
  /** `format` and one record per stream. */
  readonly records: RecordTable;
  /** One row whose version is the token of the current writer. */
  readonly writers: Database;
  readonly streams: StreamTables;
}

/** The tables that hold events, one per stream. */
class StreamTables {
  constructor(
    private readonly root: RootDatabase,
    private readonly records: RecordTable,
  ) {}

  /** Opens the stream's table, creating it. Not while a transaction is under way. */
  open(stream: string): EventTable {
    const name = STREAM_PREFIX + stream;
    return asEventTable(
      this.root.openDB({ name, encoding: 'binary', ...{ keyEncoder: chunkKeys } }),
    );
  }

  record(stream: string): StreamRecord | undefined {
    return this.records.get(STREAM_PREFIX + stream) as StreamRecord | undefined;
  }

  putRecord(stream: string, record: StreamRecord, done: WriteDone): undefined {
    this.records.put(STREAM_PREFIX + stream, record, done);
  }

  names(): string[] {
    const range = { start: STREAM_PREFIX, end: STREAM_PREFIX + '\uffff' };
    return [...this.records.getKeys(range)].map((name) => name.slice(STREAM_PREFIX.length));
  }
}

/** Opens the tables of an LMDB file that is ours; creates them if it is new or {@link isEmpty}. */
export function openTables(path: string, root: RootDatabase, isNew: boolean): LogTables {
  const options = { encoding: 'json', ...{ create: isNew } } as const;
  const table = root.openDB({ name: 'sluice:records', ...options }) as Database | undefined;
  if (table === undefined) {
    throw openFault(path, 'foreign', 'data.mdb is an LMDB file of another program');
  }
  const records = asRecordTable(table);
  const format = records.get(FORMAT_RECORD) as { product: string; version: number } | undefined;
  if (format === undefined) {
    table.putSync(FORMAT_RECORD, FORMAT);
  } else if (format.version > FORMAT.version) {
    throw openFault(path, 'newer', `its format ${format.version} is above ${FORMAT.version}`);
  }
  const writers = root.openDB({ name: 'sluice:writers', encoding: 'json', useVersions: true });
  return { records, writers, streams: new StreamTables(root, records) };
}

/** A file whose creation was cut short has no tables yet. */
export function isEmpty(root: RootDatabase): boolean {
  return (root.getStats() as { root: { entryCount: number } }).root.entryCount === 0;
}
