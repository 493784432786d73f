/**
 * What could make LMDB fail to open, checked before it is asked: the library (3.5.6) ends the process with a
 * segmentation fault when the environment cannot be opened, whatever the reason.
 */
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { SluiceError } from '@sluice/engine';
import { asSystemError, openFault, openFaultFrom } from './log-faults.js';

/** More than LMDB writes when it creates its two files. */
const PROBE_BYTES = 64 * 1024;

/** Creates the directory if need be and checks that LMDB can work in it. @returns its real path. */
export function checkDirectory(path: string, mapSize: number): string {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    const exist = ['data.mdb', 'lock.mdb'].map((file) => isUsableFile(path, join(path, file)));
    if (exist.includes(false)) probeSpace(join(path, `probe-${process.pid}`));
    checkFileSize(path, join(path, 'data.mdb'));
    checkAddressSpace(path, mapSize);
    return realpathSync(path);
  } catch (error) {
    throw openFaultFrom(path, error);
  }
}

/** `false` if there is no such file. */
function isUsableFile(path: string, file: string): boolean {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status === undefined) return false;
  if (!status.isFile()) throw openFault(path, 'foreign', `${file} is not a file`);
  accessSync(file, constants.R_OK | constants.W_OK);
  return true;
}

function probeSpace(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    const probe = new Uint8Array(PROBE_BYTES);
    for (let position = 0; position < PROBE_BYTES;) {
      position += writeSync(descriptor, probe, position);
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
    rmSync(file);
  }
}

/** LMDB writes anywhere in its file, and `ulimit -f` may have been lowered since. */
function checkFileSize(path: string, file: string): void {
  const limit = ownLimit('Max file size');
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (limit === undefined || size <= limit) return;
  throw new SluiceError(
    'LIMIT',
    `event log '${path}': data.mdb has ${size} bytes and files are limited to ${limit} (ulimit -f); raise the limit`,
    { details: { path, reason: 'disk-full', size, limit } },
  );
}

/** Half of what `ulimit -v` leaves; the other half is for the process itself. */
function checkAddressSpace(path: string, mapSize: number): void {
  const limit = ownLimit('Max address space');
  if (limit === undefined) return;
  const used = /^VmSize:\s+(\d+) kB/m.exec(readIfExists('/proc/self/status'))?.[1] ?? 0;
  const most = Math.floor((limit - Number(used) * 1024) / 2);
  if (mapSize <= most) return;
  throw new SluiceError(
    'LIMIT',
    `event log '${path}': the address space is limited (ulimit -v); set mapSize to ${most} or less, not ${mapSize}`,
    { details: { path, reason: 'address-space', mapSize, most } },
  );
}

/** A limit of this process in bytes, as the kernel calls it; undefined if there is none. Known on Linux only. */
function ownLimit(name: string): number | undefined {
  const line = new RegExp(`^${name}\\s+(\\d+)`, 'm').exec(readIfExists('/proc/self/limits'));
  return line === null ? undefined : Number(line[1]);
}

function readIfExists(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (asSystemError(error).code === 'ENOENT') return '';
    throw error;
  }
}
