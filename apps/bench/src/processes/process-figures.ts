/** What the operating system says about a process. */
import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Processor time of all threads, user and system, in microseconds. */
export function cpuMicros(pid?: number): number {
  if (pid === undefined) {
    const { user, system } = process.cpuUsage();
    return user + system;
  }
  const folder = `/proc/${pid}/task`;
  const nanos = readdirSync(folder).map((task) =>
    Number(readFileSync(`${folder}/${task}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanos.reduce((sum, value) => sum + value, 0) / 1000;
}

/** Bytes of a process. */
export interface ProcessMemory {
  /** What it occupies, pages of freed memory included. */
  readonly resident: number;
  /** What is alive in it: objects and buffers, after a collection. Undefined for another process. */
  readonly alive?: number;
}

declare global {
  var Bun: { gc(force: boolean): void } | undefined;
}

/** How much more each of some things takes, by the keys of figures. */
export const growthEach = (
  before: ProcessMemory,
  after: ProcessMemory,
  things: number,
): { readonly resident: number; readonly alive: number } => ({
  resident: (after.resident - before.resident) / things,
  alive: ((after.alive ?? NaN) - (before.alive ?? NaN)) / things,
});

export async function processMemory(pid?: number): Promise<ProcessMemory> {
  if (pid !== undefined) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return { resident: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1024 };
  }
  const collect = globalThis.Bun ? () => globalThis.Bun?.gc(true) : globalThis.gc;
  collect?.();
  await setImmediate();
  collect?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { resident: rss, alive: heapUsed + external };
}
