import { afterEach, describe, expect, it } from '@jest/globals';
import type { DynamicModule, INestApplication } from '@nestjs/common';
import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { memoryLog } from '@sluice/engine';
import { SluiceModule } from '@sluice/nestjs';
import { ClientPool, TestClient } from '@sluice/testing';
import type { EventQueueOptions } from '../src/events/event-queue.options.js';
import { HathorChain, HathorEvents, HathorModule, parseEventRecording } from '../src/index.js';
import type { VertexData } from '../src/index.js';
import { startEventApp } from './support/event-app.js';
import { GENESIS, goldenEvents, goldenText } from './support/golden-events.js';
import type { EventMessage } from './support/golden-events.js';

const clients = new ClientPool();
let app: INestApplication | undefined;

afterEach(async () => {
  await clients.closeAll();
  await app?.close();
  app = undefined;
});

async function start(hathor: DynamicModule, log = true): Promise<string> {
  const sluice = SluiceModule.forRoot(log ? { log: memoryLog() } : {});
  const module = await Test.createTestingModule({ imports: [sluice, hathor] }).compile();
  app = module.createNestApplication({ logger: false });
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

@Injectable()
class Ledger {
  readonly genesis = GENESIS;
}

@Module({ providers: [Ledger], exports: [Ledger] })
class LedgerModule {}

@Injectable()
class LedgerChain extends HathorChain {
  constructor(private readonly ledger: Ledger) {
    super();
  }

  async *vertices(): AsyncIterable<VertexData> {
    await Promise.resolve();
    yield* this.ledger.genesis;
  }
}

describe('HathorModule', () => {
  it('mounts nothing of the event queue, and needs no log, with `eventQueue: false`', async () => {
    const http = await start(HathorModule.forRoot({ network: 'n', eventQueue: false }), false);
    const ws = http.replace('http', 'ws');
    expect(await TestClient.refused(`${ws}/v1a/event_ws`)).toMatchObject({ status: 404 });
    expect(await TestClient.refused(`${ws}/event_ws`)).toMatchObject({ status: 404 });
    expect((await fetch(`${http}/v1a/event`)).status).toBe(404);
    expect(() => app?.get(HathorEvents)).toThrow();
  });

  it('says what is missing without a log', async () => {
    const hathor = HathorModule.forRoot({ network: 'n' });
    await expect(start(hathor, false)).rejects.toMatchObject({
      code: 'STATE',
      message: expect.stringContaining('`log: memoryLog()`'),
    });
  });

  const chain = { chain: LedgerChain, imports: [LedgerModule] };

  it.each([
    ['forRoot', () => HathorModule.forRoot({ network: 'n', ...chain })],
    [
      'forRootAsync',
      () =>
        HathorModule.forRootAsync({
          ...chain,
          inject: [Ledger],
          useFactory: (ledger: Ledger) => ({
            network: ledger.genesis.length === 3 ? 'n' : 'other',
          }),
        }),
    ],
  ])('loads the application’s chain, made by the container, with %s', async (_name, module) => {
    const http = await start(module());
    const client = await clients.connect(`${http.replace('http', 'ws')}/v1a/event_ws`);
    client.send({ type: 'START_STREAM', window_size: 10 });
    const messages = await client.takeJson<EventMessage>(5);
    expect(messages.map(({ network }) => network)).toEqual(['n', 'n', 'n', 'n', 'n']);
    expect(messages.slice(1, 4).map(({ event }) => event.data)).toEqual(GENESIS);
  });

  it('does not mount the event queue with forRootAsync and `eventQueue: false`', async () => {
    const options = { eventQueue: false, useFactory: () => ({ network: 'n' }) };
    const http = await start(HathorModule.forRootAsync(options), false);
    expect((await fetch(`${http}/v1a/event`)).status).toBe(404);
  });

  it('limits the event socket as it is told', async () => {
    const limits = { connections: 1, payloadBytes: 100 };
    const server = await startEventApp({ events: { limits } });
    app = server.app;
    const client = await clients.connect(server.url);
    expect(await TestClient.refused(server.url)).toMatchObject({ status: 429 });
    client.send('x'.repeat(101));
    expect(await client.closed()).toMatchObject({ code: 1006 });
  });
});

describe('an event socket that forgets old events', () => {
  const retention: NonNullable<EventQueueOptions['retention']> = { events: 3 };

  it('refuses to start below the oldest, and says which that is', async () => {
    const server = await startEventApp({ events: { retention } });
    app = server.app;
    for (let id = 2; id < 10; id++) await server.bus.publish('node.crashed', {});
    const client = await clients.connect(server.url);
    for (const [request, first] of [
      ['{"type":"START_STREAM","window_size":1}', 0],
      ['{"type":"START_STREAM","window_size":1,"last_ack_event_id":5}', 6],
    ] as const) {
      client.send(request);
      expect(await client.nextJson()).toEqual({
        type: 'VALIDATION_ERROR',
        invalid_request: request,
        error_message: `Event ${first} is not stored, the oldest is 7`,
      });
    }
    client.send({ type: 'START_STREAM', window_size: 1, last_ack_event_id: 6 });
    expect(await client.nextJson()).toMatchObject({ event: { id: 7 } });
    client.send({ type: 'START_STREAM', window_size: 1 });
    expect(await client.nextJson()).toMatchObject({ type: 'STREAM_IS_ACTIVE' });
    expect(await (await fetch(`${server.http}/v1a/event`)).json()).toEqual({
      success: false,
      error: 'event 0 is no longer stored, the oldest is 7',
    });
    const rest = await fetch(`${server.http}/v1a/event?last_ack_event_id=6`);
    expect(await rest.json()).toMatchObject({ events: [{ id: 7 }, {}, { id: 9 }] });
  });

  it('ends a stream whose next event is gone instead of leaving it out', async () => {
    const server = await startEventApp({ events: { retention } });
    app = server.app;
    const client = await clients.connect(server.url);
    client.send({ type: 'START_STREAM', window_size: 1 });
    await client.next();
    for (let id = 2; id < 10; id++) await server.bus.publish('node.crashed', {});
    client.send({ type: 'ACK', ack_event_id: 0, window_size: 1 });
    expect(await client.closed()).toMatchObject({ code: 1013, reason: 'events no longer stored' });
  });
});

describe('an event socket with a recording', () => {
  it('serves the frames of the reference node as they were', async () => {
    const scenario = 'SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS';
    const recording = parseEventRecording(goldenText(scenario));
    const server = await startEventApp({ events: { recording } });
    app = server.app;
    const client = await clients.connect(server.url);
    client.send({ type: 'START_STREAM', window_size: 1000 });
    const events = goldenEvents(scenario);
    expect(await client.takeJson(events.length)).toEqual(
      events.map((event) => ({
        type: 'EVENT',
        peer_id: 'simulator_peer_id',
        network: 'unittests',
        event,
        latest_event_id: events.length - 1,
        stream_id: 'simulator_stream_id',
      })),
    );
    await client.expectSilence();
  });
});
