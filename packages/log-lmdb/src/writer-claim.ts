/**
 * One writer per log. LMDB's reader table says which processes have the file open; the kernel clears the entry of a
 * process that dies, so there is no stale lock after kill -9. Where process ids say nothing (two containers on one
 * volume), the token in the file decides: the later writer wins and the earlier one's next append is refused.
 */
import { randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database, RootDatabase } from 'lmdb';
import { openFault } from './log-faults.js';

/** The writer's row. */
interface Writer {
  readonly pid: number;
  readonly host: string;
}

/** Key of the only row of the table of writers. */
export const WRITER_ROW = 'writer';

/** Ids of living processes other than this one that have the file open. */
export function otherProcesses(root: RootDatabase): ReadonlySet<number> {
  const lines = root.readerList().matchAll(/^\s*(\d+)\s/gm);
  return new Set([...lines].map(([, pid]) => Number(pid)).filter((pid) => pid !== process.pid));
}

/** Refuses a log whose writer lives. */
export function requireNoWriter(
  path: string,
  writers: Database,
  others: ReadonlySet<number>,
): void {
  const current = writers.get(WRITER_ROW) as Writer | undefined;
  if (current?.host === hostname() && others.has(current.pid)) {
    throw openFault(path, 'in-use', `process ${current.pid} has it open`);
  }
}

/** Takes the log over. @returns the token that guards each commit. */
export function becomeWriter(path: string, root: RootDatabase, writers: Database): number {
  const token = randomInt(1, 2 ** 47);
  const writer: Writer = { pid: process.pid, host: hostname() };
  writers.putSync(WRITER_ROW, writer, token);
  holdReaderSlot(root);
  // Two processes that started at once both get here; the one that wrote last sees its own token.
  if (writers.getEntry(WRITER_ROW)?.version !== token) {
    throw openFault(path, 'in-use', 'another process took it over at the same moment');
  }
  return token;
}

/** Takes an entry in the reader table, by which other processes see this one. Opening a table gives it back. */
export function holdReaderSlot(root: RootDatabase): void {
  root.get(0);
}
