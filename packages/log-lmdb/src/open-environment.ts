/** Opens an LMDB directory with every check that keeps a bad file from ending the process. */
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { inspectDataFile, setFileSize, type FileExtent } from './data-file.js';
import { FileReserve, type ReservedFile } from './file-reserve.js';
import { findDamage } from './find-damage.js';
import { LmdbEnvironment } from './lmdb-environment.js';
import { asSystemError, openFault, openFaultFrom } from './log-faults.js';
import { isEmpty, openTables, type LogTables } from './open-tables.js';
import { checkDirectory } from './preflight.js';
import { becomeWriter, otherProcesses, requireNoWriter } from './writer-claim.js';

/** See `LmdbLogOptions`, defaults applied. */
export interface EnvironmentOptions {
  readonly path: string;
  readonly durability: 'flush' | 'commit';
  readonly mapSize: number;
}

/** Each stream is a table; three more are ours. */
export const MAX_STREAMS = 250;

/** Our own tables and the writer's row. */
const OPENING = { streams: 4, writes: 4, bytes: 0 };

/** What we use of lmdb's statistics. */
interface EnvironmentStats {
  readonly pageSize: number;
  readonly lastPageNumber: number;
}

/** Directories that are open in this process. */
const openPaths = new Set<string>();

/** Opens or creates the log's directory and becomes its writer. A refusal leaves the data as it was. */
export async function openEnvironment(options: EnvironmentOptions): Promise<LmdbEnvironment> {
  const { path, mapSize } = options;
  const realPath = checkDirectory(path, mapSize);
  if (openPaths.has(realPath)) {
    throw openFault(path, 'in-use', 'it is already open in this process');
  }
  openPaths.add(realPath);
  try {
    return await openOwned(options, () => openPaths.delete(realPath));
  } catch (error) {
    openPaths.delete(realPath);
    throw openFaultFrom(path, error);
  }
}

async function openOwned(
  options: EnvironmentOptions,
  onClose: () => void,
): Promise<LmdbEnvironment> {
  const { path } = options;
  const file = join(path, 'data.mdb');
  const extent = inspectDataFile(path, file);
  const root = openRoot(options);
  let reserve: FileReserve | undefined;
  let lengthened = false;
  try {
    const others = otherProcesses(root);
    if (extent !== undefined && extent.size < extent.mapped) {
      if (others.size > 0) throw openFault(path, 'in-use', `process ${[...others].join()} uses it`);
      setFileSize(file, extent.mapped);
      lengthened = true;
    }
    reserve = await FileReserve.open(reservedFile(file, root));
    const isNew = extent === undefined || isEmpty(root);
    if (isNew) await reserve.takeKept(OPENING);
    const tables =
      lengthened && extent !== undefined
        ? openShortTables(path, root, extent)
        : openTables(path, root, isNew);
    requireNoWriter(path, tables.writers, others);
    await reserve.takeKept(OPENING);
    const token = becomeWriter(path, root, tables.writers);
    return new LmdbEnvironment({ path, root, tables, token, reserve, onClose });
  } catch (error) {
    const isShared = otherProcesses(root).size > 0;
    await Promise.allSettled([root.close(), reserve?.close()]);
    if (lengthened && extent !== undefined && !isShared) setFileSize(file, extent.size);
    throw error;
  }
}

function reservedFile(path: string, root: RootDatabase): ReservedFile {
  const stats = (): EnvironmentStats => root.getStats() as EnvironmentStats;
  const { pageSize } = stats();
  return { path, pageSize, used: () => (stats().lastPageNumber + 1) * pageSize };
}

function openRoot({ path, durability, mapSize }: EnvironmentOptions): RootDatabase {
  return open({
    path,
    noSubdir: false,
    mapSize,
    maxDbs: MAX_STREAMS + 6,
    encoding: 'binary',
    // Only with this flag may a transaction be acknowledged before it is flushed and still not tear the file.
    overlappingSync: durability === 'commit',
    // One batch is one transaction, begun as soon as it is complete.
    eventTurnBatching: false,
    ...{ txnStartThreshold: 1 },
  });
}

/** LMDB may leave free pages at the end of the file unwritten, so a short file is not always a damaged one. */
function openShortTables(path: string, root: RootDatabase, extent: FileExtent): LogTables {
  let damage: unknown;
  try {
    const tables = openTables(path, root, false);
    damage = findDamage(tables);
    if (damage === undefined) return tables;
  } catch (error) {
    damage = asSystemError(error).message;
  }
  const missing = extent.mapped - extent.size;
  throw openFault(
    path,
    'truncated',
    `data.mdb lacks its last ${missing} bytes (${String(damage)})`,
  );
}
