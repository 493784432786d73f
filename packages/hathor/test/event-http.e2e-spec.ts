/** `GET /v1a/event` (contract 2.9), on both HTTP adapters. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ClientPool } from '@sluice/testing';
import type { EventApp } from './support/event-app.js';
import { startEventApp } from './support/event-app.js';
import type { WireEvent } from './support/golden-events.js';
import { BLOCK, REORG } from './support/golden-events.js';

interface Answer {
  readonly events: readonly WireEvent[];
  readonly latest_event_id: number | null;
}

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])('GET /v1a/event on %s', (_name, adapter) => {
  const clients = new ClientPool();
  let server: EventApp;

  beforeAll(async () => {
    server = await startEventApp({
      create: (module) => module.createNestApplication(adapter(), { logger: false }),
    });
    await server.bus.publish('vertex.accepted', { ...BLOCK, nonce: 2n ** 100n });
  });
  afterAll(async () => {
    await clients.closeAll();
    await server.app.close();
  });

  const get = (query: string) => fetch(`${server.http}/v1a/event${query}`);

  it.each([
    ['', [0, 1, 2]],
    ['?size=1', [0]],
    ['?last_ack_event_id=0', [1, 2]],
    ['?last_ack_event_id=0&size=1', [1]],
    ['?size=0', []],
    ['?size=1000', [0, 1, 2]],
    ['?last_ack_event_id=2', []],
    ['?last_ack_event_id=100000', []],
    ['?last_ack_event_id=18446744073709551616', []],
  ])('hathor §7.81, §7.86 answers %p with the events %p', async (query, expected) => {
    const response = await get(query);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/json');
    const answer = (await response.json()) as Answer;
    expect(Object.keys(answer)).toEqual(['events', 'latest_event_id']);
    expect(answer.events.map(({ id }) => id)).toEqual(expected);
    expect(answer.latest_event_id).toBe(2);
  });

  it.each([
    '?size=1001',
    '?foo=1',
    '?size=null',
    '?size=',
    '?size=-1',
    '?size=ten',
    '?last_ack_event_id=null',
    '?last_ack_event_id=',
    '?last_ack_event_id=-1',
    '?size=1&size=1',
  ])('hathor §7.86 answers %p with status 200 and success false', async (query) => {
    const response = await get(query);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ success: false, error: expect.any(String) });
  });

  it('names a repeated parameter', async () => {
    expect(await (await get('?last_ack_event_id=1&last_ack_event_id=2')).json()).toEqual({
      success: false,
      error: 'expected one value at most',
    });
  });

  it('gives the bare event objects that the socket sends, with every digit', async () => {
    const text = await (await get('')).text();
    expect(text).toContain(`"nonce":${2n ** 100n}`);
    const client = await clients.connect(server.url);
    client.send({ type: 'START_STREAM', last_ack_event_id: 1, window_size: 1 });
    const frame = await client.next();
    const event = frame.slice(frame.indexOf('"event":') + 8, frame.indexOf(',"latest_event_id"'));
    expect(text).toContain(event);
  });

  it('serves new events on the socket as well', async () => {
    const client = await clients.connect(server.url);
    client.send({ type: 'START_STREAM', last_ack_event_id: 2, window_size: 5 });
    const published = server.bus.publish('reorg.started', REORG);
    expect(await client.nextJson()).toMatchObject({
      event: { id: 3, type: 'REORG_STARTED', data: REORG, group_id: 0 },
    });
    await published;
  });

  it('has no events while the queue does not run', async () => {
    await server.events.stop();
    expect(await (await get('')).json()).toEqual({ events: [], latest_event_id: null });
  });
});
