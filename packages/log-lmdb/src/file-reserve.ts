/**
 * Space at the end of the file, taken before LMDB needs it. LMDB's binding (3.5.6) overruns a buffer while it words the
 * error of a write that the file system refuses, which can end the process; so what would be refused is refused here
 * first, where it is an error like any other.
 */
import { fstatSync, writeSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** The file, and how far LMDB uses it. */
export interface ReservedFile {
  readonly path: string;
  readonly pageSize: number;
  /** Bytes up to the end of the last page in use. */
  used(): number;
}

/** What a transaction writes. */
export interface WriteDemand {
  /** Streams that are written to. */
  readonly streams: number;
  readonly writes: number;
  /** Bytes of all values. */
  readonly bytes: number;
}

/** What every transaction leaves, so that a log that is full can still be opened. */
const KEPT_BYTES = 1024 ** 2;
/** Pages that LMDB copies or splits for a transaction as such, and on its ways to both ends of a stream. */
const PAGES_PER_TRANSACTION = 64;
const PAGES_PER_STREAM = 16;
/** What LMDB stores beside a value: key, header, a place in the page, a share of the pages above. */
const BYTES_PER_WRITE = 64;
/** LMDB lists free pages by eight bytes each. */
const FREE_LIST_SHARE = 1 / 512;

const LEAST_STEP = 1024 ** 2;
const MOST_STEP = 16 * LEAST_STEP;
const STEP_SHARE = 1 / 16;
const ZEROS = new Uint8Array(LEAST_STEP);
const NOTHING = new Uint8Array(0);

/**
 * What a transaction takes at the end of the file, at most, beside a list of free pages. A value that does not share a
 * page with others fills half of its pages or more.
 */
export function mostBytes({ streams, writes, bytes }: WriteDemand, pageSize: number): number {
  const pages = PAGES_PER_TRANSACTION + PAGES_PER_STREAM * streams;
  return pages * pageSize + 2 * (bytes + BYTES_PER_WRITE * writes);
}

export class FileReserve {
  private constructor(
    private readonly file: ReservedFile,
    private readonly handle: FileHandle,
  ) {}

  /** The file exists. It is only ever lengthened, so that what another process writes meanwhile stays as it is. */
  static async open(file: ReservedFile): Promise<FileReserve> {
    return new FileReserve(file, await open(file.path, 'a'));
  }

  /**
   * For a transaction, while none is under way. Rejects with the error of the file system if that would refuse what LMDB
   * is going to write.
   */
  async take(demand: WriteDemand): Promise<void> {
    await this.lengthen(mostBytes(demand, this.file.pageSize) + KEPT_BYTES, 2);
    this.probe();
  }

  /** As {@link take}, for what opening a log writes: it may use what transactions leave, `KEPT_BYTES` and a list. */
  async takeKept(demand: WriteDemand): Promise<void> {
    await this.lengthen(mostBytes(demand, this.file.pageSize), 1);
    this.probe();
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /** Until there are `bytes`, and room for so many lists of all pages, behind the last page in use. */
  private async lengthen(bytes: number, lists: number): Promise<void> {
    const used = this.file.used();
    const enough = used * (1 + lists * FREE_LIST_SHARE) + bytes;
    let { size } = fstatSync(this.handle.fd);
    if (size >= enough) return;
    const step = Math.min(MOST_STEP, Math.max(LEAST_STEP, used * STEP_SHARE));
    try {
      while (size < enough + step) size += (await this.handle.write(ZEROS)).bytesWritten;
    } catch (error) {
      if (size < enough) throw error;
    }
  }

  /** A file system that an error has shut down or made read-only refuses even this, or has refused to tell the length. */
  private probe(): void {
    writeSync(this.handle.fd, NOTHING);
  }
}
