import type { RootDatabase, Transaction } from 'lmdb';
import { SluiceError } from '@sluice/engine';
import type { FileReserve, WriteDemand } from './file-reserve.js';
import { openFault, storageFault } from './log-faults.js';
import type { EventTable, WriteDone } from './lmdb-tables.js';
import type { LogTables } from './open-tables.js';
import { holdReaderSlot, WRITER_ROW } from './writer-claim.js';

/** What `openEnvironment` hands over. */
export interface EnvironmentParts {
  readonly path: string;
  readonly root: RootDatabase;
  readonly tables: LogTables;
  readonly token: number;
  readonly reserve: FileReserve;
  readonly onClose: () => void;
}

/** One write of a transaction; `done` is told its outcome, or the promise it returns is. */
export type Write = (done: WriteDone) => Promise<boolean> | undefined;

/** An open LMDB directory that this process owns. */
export class LmdbEnvironment {
  private broken: SluiceError | undefined;
  /** lmdb would never end closing. */
  private isStuck = false;

  constructor(private readonly parts: EnvironmentParts) {}

  get path(): string {
    return this.parts.path;
  }

  get streams(): LogTables['streams'] {
    return this.parts.tables.streams;
  }

  /** Before {@link openTable} creates a table. Not while a commit is under way. */
  async makeRoomForTable(): Promise<void> {
    await this.reserve({ streams: 1, writes: 1, bytes: 0 });
  }

  /** Opens the stream's table. Not while a commit is under way. */
  openTable(stream: string): EventTable {
    try {
      const table = this.streams.open(stream);
      holdReaderSlot(this.parts.root);
      return table;
    } catch (error) {
      throw storageFault(this.path, error);
    }
  }

  /**
   * Writes everything in one transaction, as durable as the setting promises when it resolves. If it rejects,
   * nothing was written. One at a time.
   *
   * @param streams number of those that are written to.
   * @param bytes of the values that are written.
   */
  async commit(writes: readonly Write[], streams: number, bytes: number): Promise<void> {
    if (this.broken !== undefined) throw this.broken;
    await this.reserve({ streams, writes: writes.length, bytes });
    const outcomes: Promise<boolean>[] = [];
    const { writers } = this.parts.tables;
    try {
      const isWriter = await writers.ifVersion(WRITER_ROW, this.parts.token, () => {
        for (const write of writes) {
          const outcome = write(ignoreOutcome);
          if (outcome !== undefined) outcomes.push(outcome.catch(ignoreFailure));
        }
      });
      if (!isWriter) this.fail(openFault(this.path, 'in-use', 'another process took it over'));
      if ((await Promise.all(outcomes)).includes(false)) {
        this.fail(openFault(this.path, 'corrupt', 'it has events beyond its own head'));
      }
    } catch (error) {
      if (error instanceof SluiceError) throw error;
      throw await this.afterFailure(error);
    }
  }

  /** A view of the data as it is now, for reads while a commit that removes events is under way. */
  pin(): Transaction {
    return this.parts.root.useReadTransaction();
  }

  /** Gives a view back. Its entry in the reader table was this process's own, so another one is taken. */
  unpin(view: Transaction): void {
    view.done();
    holdReaderSlot(this.parts.root);
  }

  /** Writes a compact copy of the data as it is now into the directory, which must be empty. */
  async copyTo(directory: string): Promise<void> {
    await this.parts.root.backup(directory, true);
  }

  async close(): Promise<void> {
    const closed = this.parts.root.close();
    try {
      if (!this.isStuck) await closed;
    } finally {
      await this.parts.reserve.close();
      this.parts.onClose();
    }
  }

  private async reserve(demand: WriteDemand): Promise<void> {
    try {
      await this.parts.reserve.take(demand);
    } catch (error) {
      throw storageFault(this.path, error);
    }
  }

  /** No further commit is tried. */
  private fail(error: SluiceError): never {
    this.broken = error;
    throw error;
  }

  /**
   * Explains a failed commit and makes lmdb usable again.
   *
   * After an error in the header page LMDB refuses every further transaction, and lmdb's write thread would wait for
   * ever; an empty transaction on this thread finds out first. The empty batch is for `durability: 'commit'`: lmdb
   * never settles the flush of a failed transaction, on which closing would wait, but that of a later one.
   */
  private async afterFailure(error: unknown): Promise<SluiceError> {
    const fault = storageFault(this.path, await rootCause(error));
    const { root, tables, token } = this.parts;
    try {
      root.transactionSync(() => undefined);
      await tables.writers.ifVersion(WRITER_ROW, token, () => undefined);
    } catch (cause) {
      const message = `event log '${this.path}': it must be opened anew after a failed write`;
      this.broken = new SluiceError('INTERNAL', message, { cause });
      this.isStuck = true;
    }
    return fault;
  }
}

/** lmdb rejects with a general error whose `commitError` rejects with the reason. */
function rootCause(error: unknown): unknown {
  const { commitError } = error as { commitError?: Promise<never> };
  return commitError === undefined ? error : commitError.catch((cause: unknown) => cause);
}

/** The outcome of the transaction is the outcome of each write; lmdb wants to tell it to somebody. */
function ignoreOutcome(): void {
  return undefined;
}

function ignoreFailure(): true {
  return true;
}
