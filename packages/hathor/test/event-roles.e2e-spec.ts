/** One process writes, others serve: what a client of any of them sees (contract 2.1). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventLogStore, memoryLog, SluiceError } from '@sluice/engine';
import { ClientPool } from '@sluice/testing';
import type { EventApp, EventAppOptions } from './support/event-app.js';
import { startEventApp } from './support/event-app.js';
import type { EventMessage } from './support/golden-events.js';

const clients = new ClientPool();
let store: EventLogStore;
let apps: EventApp[];
/** How followers are told that following has ended. */
let losses: ((error: SluiceError) => void)[];

beforeEach(() => {
  store = memoryLog();
  apps = [];
  losses = [];
});
afterEach(async () => {
  await clients.closeAll();
  await Promise.all(apps.map(({ app }) => app.close()));
  await store.close();
});

const START = { type: 'START_STREAM', window_size: 100 };
const NOT_RUNNING = { type: 'EVENT_WS_NOT_RUNNING' };

/** Applications end one by one; what they share stays. */
function shared(): EventLogStore {
  return {
    open: (...parts) => store.open(...parts),
    follow: (stream, options) => {
      if (options.onLost !== undefined) losses.push(options.onLost);
      return store.follow?.(stream, options) ?? Promise.reject(new Error('memory can be followed'));
    },
    close: () => Promise.resolve(),
  };
}

async function started(options: EventAppOptions): Promise<EventApp> {
  const app = await startEventApp({ ...options, log: shared() });
  apps.push(app);
  return app;
}

const writer = (events: EventAppOptions['events'] = {}) => started({ events });
/** A gateway knows nothing of the writer's identity. */
const gateway = () =>
  started({ sluice: { role: 'gateway' }, events: { peerId: 'unused', streamId: 'unused' } });

describe('a gateway', () => {
  it('sends the events, identity and latest id of the writer', async () => {
    const { bus, url } = await writer();
    await bus.publish('node.crashed', {});
    const { url: elsewhere } = await gateway();
    const [at, other] = await Promise.all([url, elsewhere].map((at) => clients.connect(at)));
    for (const client of [at, other]) client?.send(START);
    const stored = await at?.takeJson<EventMessage>(3);
    expect(stored?.map(({ event }) => event.id)).toEqual([0, 1, 2]);
    expect(await other?.takeJson(3)).toEqual(stored);
    await bus.publish('reorg.started', REORG);
    const live = await at?.nextJson();
    expect(live).toMatchObject({ latest_event_id: 3, event: { id: 3, group_id: 0 } });
    expect(await other?.nextJson()).toEqual(live);
  });

  it('says EVENT_WS_NOT_RUNNING until the writer has loaded its chain', async () => {
    const { url } = await gateway();
    const early = await clients.connect(url);
    expect(await early.nextJson()).toMatchObject(NOT_RUNNING);
    await writer();
    const client = await clients.connect(url);
    client.send(START);
    expect(await client.takeJson(2)).toMatchObject([{ event: { id: 0 } }, { event: { id: 1 } }]);
    early.send(START);
    await early.expectSilence();
  });

  it('goes on when another writer takes over in the same numbering', async () => {
    const first = await writer();
    const { url } = await gateway();
    const client = await clients.connect(url);
    client.send(START);
    await client.takeJson(2);
    await first.app.close();
    const second = await writer();
    await second.bus.publish('node.crashed', {});
    expect(await client.takeJson(3)).toMatchObject([
      { event: { id: 2, type: 'LOAD_STARTED' }, stream_id: 'stream' },
      { event: { id: 3, type: 'LOAD_FINISHED' }, peer_id: 'peer' },
      { event: { id: 4, type: 'FULL_NODE_CRASHED' } },
    ]);
  });

  it('closes its connections when the numbering begins anew, as a node that restarts', async () => {
    const first = await writer();
    const { url } = await gateway();
    const client = await clients.connect(url);
    client.send(START);
    await client.takeJson(2);
    await first.app.close();
    await writer({ reset: true, streamId: 'another', peerId: 'another peer' });
    expect(await client.closed()).toEqual({ code: 1005, reason: '', clean: true });
    const again = await clients.connect(url);
    again.send({ ...START, last_ack_event_id: 0 });
    expect(await again.nextJson()).toMatchObject({
      event: { id: 1 },
      stream_id: 'another',
      peer_id: 'another peer',
    });
  });

  it('closes its connections when the log cannot be followed any more, and takes no others', async () => {
    await writer();
    const { url } = await gateway();
    const client = await clients.connect(url);
    client.send(START);
    await client.takeJson(2);
    for (const lost of losses) lost(new SluiceError('INVALID', 'what is stored cannot be read'));
    expect(await client.closed()).toEqual({ code: 1005, reason: '', clean: true });
    const late = await clients.connect(url);
    expect(await late.nextJson()).toMatchObject(NOT_RUNNING);
  });

  it('refuses what belongs into the log, and takes what does not', async () => {
    await writer();
    const { bus } = await gateway();
    await expect(bus.publish('node.crashed', {})).rejects.toMatchObject({
      code: 'STATE',
      message: expect.stringContaining("the role 'gateway'"),
    });
    await bus.publish('elsewhere' as 'node.crashed', {});
  });

  it('answers GET /v1a/event', async () => {
    await writer();
    const { http, events } = await gateway();
    const answer = await fetch(`${http}/v1a/event?size=1`);
    expect(await answer.json()).toMatchObject({ events: [{ id: 0 }], latest_event_id: 1 });
    await events.stop();
    const stopped = await fetch(`${http}/v1a/event`);
    expect(await stopped.json()).toEqual({ events: [], latest_event_id: null });
    await events.start();
    await expect(events.start()).rejects.toMatchObject({ code: 'STATE' });
  });

  it('serves no recording', async () => {
    const recording = { firstId: 0, events: ['{"id":0,"type":"LOAD_STARTED"}'] };
    await expect(
      startEventApp({ log: shared(), sluice: { role: 'gateway' }, events: { recording } }),
    ).rejects.toMatchObject({ code: 'INVALID' });
  });

  it('needs a log that can be followed', async () => {
    const log: EventLogStore = {
      open: (...parts) => store.open(...parts),
      close: () => Promise.resolve(),
    };
    await expect(startEventApp({ log, sluice: { role: 'gateway' } })).rejects.toThrow(
      'role: a gateway needs a `log` that several processes share',
    );
  });
});

const REORG = {
  reorg_size: 1,
  previous_best_block: '00'.repeat(32),
  new_best_block: '11'.repeat(32),
  common_block: '22'.repeat(32),
};
