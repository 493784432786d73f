import { EventStream, FollowedStream, type EventLogStore } from '@sluice/engine';
import { jetstreamLog } from '../src/index.js';

/** The log in a process that has the chain, and in one that stands by. */
export const writerLog = (servers: string): EventLogStore =>
  jetstreamLog({ servers, lease: { ttl: 10_000 } });

/** The log in a process that has clients: it may be started before the writer. */
export const gatewayLog = (servers: string): EventLogStore => jetstreamLog({ servers });

/** Waits until this process is the writer. */
export async function openWriter(store: EventLogStore): Promise<EventStream> {
  const log = await store.open('events', {
    epoch: crypto.randomUUID(), // used only if the stream does not exist yet
    retention: { events: 10_000_000 },
  });
  return new EventStream(log);
}

/** Waits until there is something to follow. */
export async function openGateway(store: EventLogStore): Promise<FollowedStream> {
  const stream = await FollowedStream.follow(store, 'events');
  stream.subscribe((from, events) => {
    console.log(`events from ${from}: ${Buffer.concat(events).toString()}`);
  });
  stream.onRenew(() => {
    console.log(`ids begin anew, the epoch is ${stream.epoch}`);
  });
  return stream;
}
