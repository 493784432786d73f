/**
 * Space at the end of the file, taken before LMDB needs it. LMDB's binding (3.5.6) overruns a buffer while it words the
 * error of a write that the file system refuses, which can end the process; so what would be refused is refused here
 * first, where it is an error like any other.
 */
import { futimesSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { asSystemError } from './log-faults.js';

/** The file, and how far LMDB uses it. */
export interface ReservedFile {
  readonly path: string;
  readonly pageSize: number;
  /** Bytes up to the end of the last page in use. */
  used(): number;
}

/** What a transaction writes. */
export interface WriteDemand {
  readonly writes: number;
  /** Bytes of all values. */
  readonly bytes: number;
}

/** What every transaction leaves, so that a log that is full can still be opened. */
const KEPT_BYTES = 1024 ** 2;
/** Pages that LMDB may copy, split or merge for one write, and for a transaction as such. */
const PAGES_PER_WRITE = 4;
const PAGES_PER_TRANSACTION = 64;
/** LMDB lists free pages by eight bytes each, and may write the list anew. */
const FREE_LIST_SHARE = 1 / 512;

const LEAST_STEP = 1024 ** 2;
const MOST_STEP = 16 * LEAST_STEP;
const STEP_SHARE = 1 / 16;
const ZEROS = new Uint8Array(LEAST_STEP);

export class FileReserve {
  /** Bytes that transactions may take before the file is looked at again. */
  private left = 0;

  private constructor(
    private readonly file: ReservedFile,
    private readonly handle: FileHandle,
  ) {}

  /** The file exists. It is only ever lengthened, so that what another process writes meanwhile stays as it is. */
  static async open(file: ReservedFile): Promise<FileReserve> {
    return new FileReserve(file, await open(file.path, 'a'));
  }

  /** For a transaction. Rejects with the error of the file system if that would refuse what LMDB is going to write. */
  async take(demand: WriteDemand): Promise<void> {
    const bytes = this.most(demand);
    if (bytes > this.left) this.left = (await this.lengthen(bytes + KEPT_BYTES)) - KEPT_BYTES;
    this.left -= bytes;
    this.probe();
  }

  /** As {@link take}, for what opening a log writes: it may use what transactions leave. */
  async takeKept(demand: WriteDemand): Promise<void> {
    await this.lengthen(this.most(demand));
    this.probe();
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /** A value that does not share a page with others fills half of its pages or more. */
  private most({ writes, bytes }: WriteDemand): number {
    return (PAGES_PER_TRANSACTION + PAGES_PER_WRITE * writes) * this.file.pageSize + 2 * bytes;
  }

  /** @returns bytes behind the last page in use, `bytes` or more. */
  private async lengthen(bytes: number): Promise<number> {
    const used = Math.ceil(this.file.used() * (1 + FREE_LIST_SHARE));
    const enough = used + bytes;
    let { size } = await this.handle.stat();
    if (size >= enough) return size - used;
    const step = Math.min(MOST_STEP, Math.max(LEAST_STEP, used * STEP_SHARE));
    try {
      while (size < enough + step) size += (await this.handle.write(ZEROS)).bytesWritten;
    } catch (error) {
      if (size < enough) throw error;
    }
    return size - used;
  }

  /**
   * A file system that an error has shut down or made read-only refuses this, too. Who has another's file by permission
   * of a group may not do it and goes without.
   */
  private probe(): void {
    const now = new Date();
    try {
      futimesSync(this.handle.fd, now, now);
    } catch (error) {
      if (asSystemError(error).code !== 'EPERM') throw error;
    }
  }
}
