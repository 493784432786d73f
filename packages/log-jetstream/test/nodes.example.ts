import { EventStream, FollowedStream } from '@sluice/engine';
import { jetstreamLog } from '../src/index.js';

/** In the process that has the chain. One that is started besides waits here until it is needed. */
export async function openWriter(servers: string) {
  const store = jetstreamLog({ servers, lease: { ttl: 10_000 } });
  const log = await store.open('events', {
    epoch: crypto.randomUUID(), // used only if the stream does not exist yet
    retention: { events: 10_000_000 },
  });
  return { store, stream: new EventStream(log) };
}

/** In every process that has clients. It may be started before the writer. */
export async function openGateway(servers: string) {
  const store = jetstreamLog({ servers });
  const stream = await FollowedStream.follow(store, 'events');
  stream.subscribe((from, events) => {
    console.log(`events from ${from}: ${Buffer.concat(events).toString()}`);
  });
  stream.onRenew(() => console.log(`ids begin anew, the epoch is ${stream.epoch}`));
  return { store, stream };
}
