/**
 * Loaded into the server's process before the server (`--import`): writes down what is published and when, and tells what
 * the process holds. It changes nothing but the time that `publish` takes, by some microseconds.
 */
import { EventBus } from '@sluice/engine';
import { Server } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { answerParent } from '../../processes/calls.js';
import { monotonicMicros } from '../../processes/monotonic.js';
import type { Publication } from '../ledger/publication.js';
import type { ProcessHoldings } from './process-holdings.js';
import { publicationsOf } from './publications-of.js';

let published: Publication[] = [];
const servers = new Set<Server>();
const delay = monitorEventLoopDelay({ resolution: 10 });

/** What the soak asks of the server's process. */
export const probeCalls = {
  /** Everything published since the last call. */
  published(): readonly Publication[] {
    const taken = published;
    published = [];
    return taken;
  },

  /** What the process holds, after a collection; the delays are those since the last call. */
  async holdings(): Promise<ProcessHoldings> {
    const millis = (nanos: number): number => nanos / 1e6;
    const loopDelay = { p99: millis(delay.percentile(99)), max: millis(delay.max) };
    const from = monotonicMicros();
    // What the first collection finalises is garbage for the second.
    for (let round = 0; round < 2; round++) {
      globalThis.gc?.();
      await setImmediate();
    }
    const collection = { from, to: monotonicMicros() };
    delay.reset();
    const { heapUsed, external, rss } = process.memoryUsage();
    return {
      heapUsed,
      external,
      rss,
      handles: handles(),
      listeners: listeners(),
      loopDelay,
      collection,
    };
  },
};

/** By kind, as Node names them. */
function handles(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Of the process and of every server that has listened: what each connection or request could leave behind. */
function listeners(): number {
  return [process, ...servers]
    .flatMap((emitter) => emitter.eventNames().map((name) => emitter.listenerCount(name)))
    .reduce((sum, count) => sum + count, 0);
}

/** Has something look at every call of a method before it is made. */
function watch<T extends object>(
  prototype: T,
  method: keyof T,
  look: (self: T, args: readonly unknown[]) => void,
): void {
  const original = Reflect.get(prototype, method) as (...args: unknown[]) => unknown;
  Reflect.set(prototype, method, function (this: T, ...args: unknown[]) {
    look(this, args);
    return Reflect.apply(original, this, args);
  });
}

watch(EventBus.prototype, 'publish', (_, [type, data]) => {
  const at = monotonicMicros();
  for (const untimed of publicationsOf(String(type), data)) published.push({ ...untimed, at });
});
watch(Server.prototype, 'listen', (server) => servers.add(server));
delay.enable();
answerParent(probeCalls);
// The server decides when it ends.
process.channel?.unref();
