/** The embedded event log: one directory, no server. */
import { accessSync, constants, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkRetention, closedError, SluiceError } from '@sluice/engine';
import type { EventLog, EventLogStore, LogUsage, OpenStreamOptions } from '@sluice/engine';
import { CommitQueue, type CommitMember } from './commit-queue.js';
import type { LmdbEnvironment } from './lmdb-environment.js';
import { LmdbEventLog } from './lmdb-event-log.js';
import { recordBytes, type StreamRecord } from './lmdb-tables.js';
import { openFaultFrom, storageFault } from './log-faults.js';
import { LogRoom } from './log-room.js';
import { MAX_STREAMS, openEnvironment } from './open-environment.js';

/**
 * What an acknowledged append survives.
 *
 * - `flush`: end of the process (kill -9 included), crash of the system and power loss.
 * - `commit`: end of the process. After a crash of the system or power loss the last moments may be gone; what
 *   remains is whole and gapless. The file is flushed in the background.
 */
export type LmdbDurability = 'flush' | 'commit';

/** Options of {@link lmdbLog}. */
export interface LmdbLogOptions {
  /** Directory of the log; created if it does not exist. Not on a network file system. */
  readonly path: string;
  /** When an append is acknowledged; default `flush`. */
  readonly durability?: LmdbDurability;
  /**
   * Bytes of address space to reserve for the file; default 64 GiB. Not a limit and not memory: a file that outgrows
   * it is mapped anew. Lower it where address space is restricted (`ulimit -v`).
   */
  readonly mapSize?: number;
  /**
   * Most bytes of events, in all streams; default 1 TiB. What does not fit is refused with `LIMIT` and `details.reason`
   * `log-full`. With LMDB's own pages the file is some percent larger; events of a few bytes take more.
   */
  readonly maxBytes?: number;
  /**
   * Bytes that stay free on the volume of the log: appends that would take of them are refused with `LIMIT` and
   * `details.reason` `disk-full`. Default 1 GiB, of volumes below 20 GiB a twentieth; 0: it may fill the volume.
   */
  readonly freeBytes?: number;
}

/** What {@link lmdbLog} yields. */
export interface LmdbEventLogStore extends EventLogStore {
  /**
   * Writes a compact copy of everything that is acknowledged into a new directory, while appends go on. The copy can
   * be opened as a log. Refused with `INVALID` if the directory is not empty, with `LIMIT` if there is no room.
   */
  backup(directory: string): Promise<void>;
}

const DEFAULT_MAP_BYTES = 64 * 1024 ** 3;
const DEFAULT_MAX_BYTES = 1024 ** 4;
const LEAST_MAP_BYTES = 1024 ** 2;
const LONGEST_NAME = 200;

/**
 * An event log in one LMDB directory. The directory is opened by the first `open` of a stream; whatever is wrong with
 * it is a rejection there, with `details.reason` and what to do in the message.
 *
 * @throws SluiceError `INVALID` if an option cannot be meant.
 */
export function lmdbLog(options: LmdbLogOptions): LmdbEventLogStore {
  checkOptions(options);
  return new LmdbLogStore(options);
}

interface OpenStore {
  readonly environment: LmdbEnvironment;
  readonly queue: CommitQueue;
}

class LmdbLogStore implements LmdbEventLogStore {
  private opening: Promise<OpenStore> | undefined;
  private readonly logs = new Map<string, Promise<LmdbEventLog>>();
  /** Copies under way; closing waits for them. */
  private readonly copies = new Set<Promise<void>>();
  private closing: Promise<void> | undefined;
  private room: LogRoom | undefined;

  constructor(private readonly options: LmdbLogOptions) {}

  get usage(): LogUsage | undefined {
    return this.room?.usage;
  }

  async open(stream: string, options: OpenStreamOptions): Promise<EventLog> {
    if (this.closing !== undefined) throw closedError('event log store');
    checkRetention(options.retention ?? {});
    if (stream === '' || Buffer.byteLength(stream) > LONGEST_NAME) {
      throw new SluiceError('INVALID', `a stream's name has 1 to ${LONGEST_NAME} bytes`);
    }
    if (this.logs.has(stream)) {
      throw new SluiceError('STATE', `stream '${stream}' is already open`, { details: { stream } });
    }
    const log = this.openStream(stream, options);
    this.logs.set(stream, log);
    log.catch(() => this.logs.delete(stream));
    return log;
  }

  backup(directory: string): Promise<void> {
    if (this.closing !== undefined) return Promise.reject(closedError('event log store'));
    const copied = this.copyTo(directory);
    this.copies.add(copied);
    return copied.finally(() => this.copies.delete(copied));
  }

  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async openStream(stream: string, options: OpenStreamOptions): Promise<LmdbEventLog> {
    const { environment, queue } = await this.openStore();
    const { streams } = environment;
    const stored = streams.record(stream);
    if (stored === undefined && streams.names().length >= MAX_STREAMS) {
      throw new SluiceError('LIMIT', `an LMDB log holds at most ${MAX_STREAMS} streams`, {
        details: { limit: MAX_STREAMS },
      });
    }
    const record = stored ?? newRecord(options.epoch);
    const table = await queue.exclusively(async () => {
      if (stored === undefined) await environment.makeRoomForTable();
      return environment.openTable(stream);
    });
    if (stored === undefined) await queue.submit(creation(streams, stream, record), () => []);
    const onClose = (): void => void this.logs.delete(stream);
    const retention = options.retention ?? {};
    return new LmdbEventLog({ stream, environment, queue, table, record, retention, onClose });
  }

  /** A directory that could not be opened is tried again by the next call. */
  private openStore(): Promise<OpenStore> {
    const { path, durability = 'flush', mapSize = DEFAULT_MAP_BYTES } = this.options;
    this.opening ??= openEnvironment({ path, durability, mapSize }).then((environment) => {
      const { streams } = environment;
      const records = streams.names().map((name) => streams.record(name));
      const kept = records.reduce((sum, record) => sum + (record?.bytes ?? 0), 0);
      const { maxBytes = DEFAULT_MAX_BYTES, freeBytes } = this.options;
      this.room = new LogRoom(environment.path, kept, { maxBytes, freeBytes });
      return { environment, queue: new CommitQueue(environment, this.room) };
    });
    this.opening.catch(() => (this.opening = undefined));
    return this.opening;
  }

  private async copyTo(directory: string): Promise<void> {
    const { environment } = await this.openStore();
    try {
      mkdirSync(directory, { recursive: true });
      accessSync(directory, constants.W_OK);
      if (readdirSync(directory).length > 0) {
        throw new SluiceError('INVALID', `backup directory '${directory}' is not empty`);
      }
    } catch (error) {
      throw openFaultFrom(directory, error);
    }
    try {
      await environment.copyTo(directory);
    } catch (error) {
      rmSync(join(directory, 'data.mdb'), { force: true });
      throw storageFault(directory, error);
    }
  }

  private async closeAll(): Promise<void> {
    const logs = await Promise.allSettled(this.logs.values());
    for (const log of logs) if (log.status === 'fulfilled') await log.value.close();
    const opened = await this.opening?.catch(() => undefined);
    if (opened === undefined) return;
    const { environment, queue } = opened;
    await queue.exclusively(() => Promise.resolve());
    await Promise.allSettled(this.copies);
    await environment.close();
  }
}

function newRecord(epoch: string): StreamRecord {
  return { epoch, first: 0, head: -1, bytes: 0, newest: 0, marks: {} };
}

/** Stores the record of a new stream, so that its epoch is known before its first event. */
function creation(
  streams: LmdbEnvironment['streams'],
  stream: string,
  record: StreamRecord,
): CommitMember {
  return {
    seal: () => [(done) => streams.putRecord(stream, record, done)],
    growth: 0,
    written: recordBytes(record),
    committed: () => undefined,
    rolledBack: () => undefined,
  };
}

function checkOptions({
  path,
  durability = 'flush',
  mapSize = DEFAULT_MAP_BYTES,
  maxBytes = DEFAULT_MAX_BYTES,
  freeBytes = 0,
}: LmdbLogOptions): void {
  const faults: string[] = [];
  if (path === '') faults.push('path is empty');
  if (!['flush', 'commit'].includes(durability)) {
    faults.push(`durability must be 'flush' or 'commit', got '${durability}'`);
  }
  if (!Number.isSafeInteger(mapSize) || mapSize < LEAST_MAP_BYTES) {
    faults.push(`mapSize must be an integer of at least ${LEAST_MAP_BYTES}, got ${mapSize}`);
  }
  if (!(maxBytes > 0)) faults.push(`maxBytes must be above 0, got ${maxBytes}`);
  if (!Number.isSafeInteger(freeBytes) || freeBytes < 0) {
    faults.push(`freeBytes must be an integer of at least 0, got ${freeBytes}`);
  }
  if (faults.length > 0) throw new SluiceError('INVALID', `lmdbLog: ${faults.join('; ')}`);
}
