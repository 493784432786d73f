/** What a process holds at one moment. */
export interface ProcessHoldings {
  /** Bytes of objects that are alive. */
  readonly heapUsed: number;
  /** Bytes of buffers that are alive. */
  readonly external: number;
  /** Bytes of memory that the process occupies. */
  readonly rss: number;
  /** Active handles by kind: sockets, servers, timers and so on. */
  readonly handles: Readonly<Record<string, number>>;
  /** Listeners of the process and of its servers. */
  readonly listeners: number;
  /** Delays of the event loop since the last look, milliseconds. */
  readonly loopDelay: { readonly p99: number; readonly max: number };
  /** When the collections before this look began and ended, microseconds of the monotonic clock: they hold everything up. */
  readonly collection: { readonly from: number; readonly to: number };
}

/** Bytes that are alive. */
export function aliveBytes({ heapUsed, external }: ProcessHoldings): number {
  return heapUsed + external;
}

export function handleCount({ handles }: ProcessHoldings): number {
  return Object.values(handles).reduce((sum, count) => sum + count, 0);
}
