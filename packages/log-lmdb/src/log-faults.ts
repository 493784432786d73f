/** Every fault of the store as one error that says what to do. `details.reason` is stable. */
import { statfsSync } from 'node:fs';
import { SluiceError } from '@sluice/engine';

/** Why the log cannot be opened, in `details.reason`. */
export type OpenFaultReason =
  'corrupt' | 'foreign' | 'in-use' | 'newer' | 'permission' | 'truncated' | 'unusable-path';

const ADVICE: Readonly<Record<OpenFaultReason, string>> = {
  corrupt: 'restore the directory from a backup, or move it away to start with an empty log',
  foreign: 'give the event log a directory of its own',
  'in-use': 'stop the other process first; a log has one writer',
  newer: 'it was written by a newer release of @sluice/log-lmdb; upgrade this application',
  permission: 'make the directory and its files readable and writable for the user of this process',
  truncated: 'restore the directory from a backup, or move it away to start with an empty log',
  'unusable-path': 'choose a directory, or a path where one can be created',
};

/** The log at `path` cannot be opened; nothing in it was changed. */
export function openFault(
  path: string,
  reason: OpenFaultReason,
  what: string,
  cause?: unknown,
): SluiceError {
  const code = reason === 'in-use' ? 'STATE' : 'INVALID';
  return new SluiceError(code, `event log '${path}': ${what}; ${ADVICE[reason]}`, {
    details: { path, reason },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** What opening a directory or file threw, as {@link openFault}. */
export function openFaultFrom(path: string, error: unknown): SluiceError {
  if (error instanceof SluiceError) return error;
  const { code, message } = asSystemError(error);
  if (NO_PERMISSION.has(code)) {
    return openFault(path, 'permission', 'no permission to read and write it', error);
  }
  if (isOutOfSpace(error) || message.includes('MDB_PANIC')) return storageFault(path, error);
  if (NO_DIRECTORY.has(code)) {
    return openFault(path, 'unusable-path', 'the path is not a directory', error);
  }
  if (['MDB_INVALID', 'MDB_VERSION_MISMATCH'].some((name) => message.startsWith(name))) {
    return openFault(path, 'foreign', message, error);
  }
  if (/^MDB_(CORRUPTED|PAGE_NOTFOUND|BAD_TXN)/.test(message)) {
    return openFault(path, 'corrupt', message, error);
  }
  return openFault(path, 'unusable-path', `it cannot be opened (${message})`, error);
}

/**
 * A write that the file system refused. Nothing of it is stored and the log stays usable: `LIMIT` with the bytes
 * that are free.
 */
export function storageFault(path: string, cause: unknown): SluiceError {
  const { message } = asSystemError(cause);
  if (!isOutOfSpace(cause)) {
    return new SluiceError('INTERNAL', `event log '${path}': write failed (${message})`, {
      cause,
      details: { path, reason: 'write-failed' },
    });
  }
  const free = freeBytes(path);
  return new SluiceError(
    'LIMIT',
    `event log '${path}': the disk, quota or file size limit is exhausted or the disk fails ` +
      `(${message}, ${free ?? 'unknown'} bytes free); nothing was stored, free space and try again`,
    { cause, details: { path, reason: 'disk-full', free } },
  );
}

const NO_PERMISSION = new Set<unknown>(['EACCES', 'EPERM', 'EROFS', 13, 1, 30]);
const NO_DIRECTORY = new Set<unknown>(['ENOTDIR', 'EEXIST', 'ENAMETOOLONG', 'EISDIR']);
/** Names and Linux/macOS numbers: LMDB reports a write that was cut short as EIO. */
const OUT_OF_SPACE = new Set<unknown>(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 28, 122, 69, 27, 5]);
/** What a backup says, without a number. */
const OUT_OF_SPACE_TEXT =
  /^(No space left on device|Disk quota exceeded|File too large|Input\/output error)/;

function isOutOfSpace(error: unknown): boolean {
  const { code, message } = asSystemError(error);
  return OUT_OF_SPACE.has(code) || OUT_OF_SPACE_TEXT.test(message);
}

/** By shape, not by class: errors of Node's own modules may come from another realm. */
export function asSystemError(error: unknown): { code: unknown; message: string } {
  if (typeof error !== 'object' || error === null)
    return { code: undefined, message: String(error) };
  const { code, message } = error as { code?: unknown; message?: unknown };
  return { code, message: String(message) };
}

function freeBytes(path: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
