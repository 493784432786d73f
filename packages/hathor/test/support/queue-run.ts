import { EventBus } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';
import type { EventLogStore } from '@sluice/engine';
import { HathorChain, type VertexData } from '../../src/index.js';
import { EventQueue } from '../../src/events/event-queue.js';
import type { EventQueueOptions } from '../../src/events/event-queue.options.js';
import type { WireEvent } from './golden-events.js';

/** A chain with these vertices. */
export class FixedChain extends HathorChain {
  constructor(private readonly stored: readonly VertexData[] = []) {
    super();
  }

  vertices(): Iterable<VertexData> | AsyncIterable<VertexData> {
    return this.stored;
  }
}

/** One run of a process with an event queue. */
export interface QueueRun {
  readonly bus: EventBus;
  readonly queue: EventQueue;
}

/** Makes a queue that keeps what is published on `bus`. */
export function queueRun(
  store: EventLogStore,
  options: Partial<EventQueueOptions> = {},
  chain?: HathorChain,
): QueueRun {
  const clock = new ManualClock(1_600_000_000_500);
  const bus = new EventBus({ clock });
  const queue = new EventQueue(store, chain, { network: 'unittests', clock, ...options });
  bus.record((event) => queue.record(event));
  return { bus, queue };
}

/** As {@link queueRun}, started. */
export async function startedRun(...parts: Parameters<typeof queueRun>): Promise<QueueRun> {
  const run = queueRun(...parts);
  await run.queue.start();
  return run;
}

/** Every stored event. */
export async function storedEvents({ stream }: EventQueue): Promise<readonly WireEvent[]> {
  const { events } = await stream.read(stream.first, { events: Infinity, bytes: Infinity });
  return events.map((event) => JSON.parse(Buffer.from(event).toString()) as WireEvent);
}

/** Type and group of every stored event, in order. */
export async function storedTypes(queue: EventQueue): Promise<readonly string[]> {
  const events = await storedEvents(queue);
  return events.map(({ type, group_id }) => (group_id === null ? type : `${type} ${group_id}`));
}
