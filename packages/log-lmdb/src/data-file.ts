/**
 * Looks at the file before LMDB maps it: a map over missing pages ends the process with a bus error, and a file of
 * another program must not be touched.
 */
import { closeSync, fstatSync, openSync, readSync, truncateSync } from 'node:fs';
import { endianness } from 'node:os';
import { asSystemError, openFault } from './log-faults.js';

const MAGIC = 0xbeefc0de;
const META_BYTES = 168;
/** Offsets in a meta page of LMDB's data format 2: after the page header of 24 bytes. */
const META = {
  flags: 18,
  magic: 24,
  format: 28,
  pageSize: 48,
  lastPage: 144,
  transaction: 152,
} as const;
const DATA_FORMAT = 2;
const IS_META_PAGE = 0x08;
const LARGEST_PAGE = 65_536;

/** Bytes the file has, and bytes it must have for LMDB to map every page it may look at. */
export interface FileExtent {
  readonly size: number;
  readonly mapped: number;
}

/** Reads the extent of the data file; `undefined` if there is none yet. Refuses what is not an LMDB file. */
export function inspectDataFile(path: string, file: string): FileExtent | undefined {
  const descriptor = openIfExists(file);
  if (descriptor === undefined) return undefined;
  try {
    const { size } = fstatSync(descriptor);
    const first = readMeta(path, descriptor, 0);
    const { pageSize } = first;
    if (pageSize < 256 || pageSize > LARGEST_PAGE || (pageSize & (pageSize - 1)) !== 0) {
      throw openFault(path, 'corrupt', `page size ${pageSize} is impossible`);
    }
    const second = readMeta(path, descriptor, pageSize);
    const latest = second.transaction > first.transaction ? second : first;
    return { size, mapped: (latest.lastPage + 1) * pageSize };
  } finally {
    closeSync(descriptor);
  }
}

/** Lengthens the file with zeros to what is mapped, or takes that back. */
export function setFileSize(file: string, size: number): void {
  truncateSync(file, size);
}

function openIfExists(file: string): number | undefined {
  try {
    return openSync(file, 'r+');
  } catch (error) {
    if (asSystemError(error).code === 'ENOENT') return undefined;
    throw error;
  }
}

interface Meta {
  readonly pageSize: number;
  readonly lastPage: number;
  readonly transaction: bigint;
}

function readMeta(path: string, descriptor: number, position: number): Meta {
  const page = new DataView(new ArrayBuffer(META_BYTES));
  const length = readSync(descriptor, page, 0, META_BYTES, position);
  const little = endianness() === 'LE';
  const isMeta = (page.getUint16(META.flags, little) & IS_META_PAGE) !== 0;
  if (isMeta && page.getUint32(META.magic, little) === MAGIC) {
    const format = page.getUint32(META.format, little) & 0xffff;
    if (format !== DATA_FORMAT) {
      throw openFault(
        path,
        'foreign',
        `data.mdb has LMDB data format ${format}, not ${DATA_FORMAT}`,
      );
    }
    if (length === META_BYTES) {
      return {
        pageSize: page.getUint32(META.pageSize, little),
        lastPage: Number(page.getBigUint64(META.lastPage, little)),
        transaction: page.getBigUint64(META.transaction, little),
      };
    }
  } else if (position === 0 && length > META.format) {
    throw openFault(path, 'foreign', 'data.mdb is not an LMDB file');
  }
  throw openFault(path, 'truncated', 'data.mdb ends before its header is complete');
}
