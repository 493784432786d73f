import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { SluiceError } from '@sluice/engine';
import { ClientPool } from '@sluice/testing';
import { CrashingStore } from './support/crashing-store.js';
import { startEventApp } from './support/event-app.js';

const clients = new ClientPool();

afterEach(async () => {
  jest.restoreAllMocks();
  await clients.closeAll();
});

describe('an application whose log fails', () => {
  it('says so once, sends nothing that is not stored, and recovers when the queue is started again', async () => {
    const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const log = new CrashingStore();
    const { app, bus, events, url } = await startEventApp({ log });
    const client = await clients.connect(url);
    client.send({ type: 'START_STREAM', last_ack_event_id: 1, window_size: 10 });
    log.nextFailure = new Error('disk full');
    const lost = [bus.publish('node.crashed', {}), bus.publish('node.crashed', {})];
    for (const publication of lost) await expect(publication).rejects.toThrow('disk full');
    await expect(bus.publish('node.crashed', {})).rejects.toThrow('disk full');
    await client.expectSilence();
    expect(errors.mock.calls.map(([message]) => String(message))).toEqual([
      expect.stringContaining('disk full'),
    ]);
    await events.stop();
    await events.start();
    expect(events.resumedAfter).toBe(1);
    await bus.publish('node.crashed', {});
    const next = await clients.connect(url);
    next.send({ type: 'START_STREAM', last_ack_event_id: 3, window_size: 10 });
    expect(await next.nextJson()).toMatchObject({ event: { id: 4, type: 'FULL_NODE_CRASHED' } });
    await app.close();
  });

  it('because another process writes now closes its connections and takes no others, without an event', async () => {
    const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const log = new CrashingStore();
    const { app, bus, events, http, url } = await startEventApp({ log });
    const client = await clients.connect(url);
    client.send({ type: 'START_STREAM', last_ack_event_id: 1, window_size: 10 });
    log.lose(new SluiceError('STATE', 'another writer has taken over'));
    expect(await client.closed()).toEqual({ code: 1005, reason: '', clean: true });
    const late = await clients.connect(url);
    expect(await late.nextJson()).toMatchObject({ type: 'EVENT_WS_NOT_RUNNING' });
    const answer = await fetch(`${http}/v1a/event`);
    expect(await answer.json()).toEqual({ events: [], latest_event_id: null });
    await expect(bus.publish('node.crashed', {})).rejects.toThrow('another writer');
    expect(errors.mock.calls.map(([message]) => String(message))).toEqual([
      expect.stringContaining('another writer has taken over'),
    ]);
    await events.stop();
    await events.start();
    const next = await clients.connect(url);
    next.send({ type: 'START_STREAM', last_ack_event_id: 1, window_size: 10 });
    expect(await next.nextJson()).toMatchObject({ event: { id: 2, type: 'LOAD_STARTED' } });
    await app.close();
  });
});
