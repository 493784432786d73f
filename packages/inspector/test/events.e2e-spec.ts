import { afterEach, expect, it } from '@jest/globals';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EventStream, memoryLog } from '@sluice/engine';
import { CLOCK } from '@sluice/nestjs';
import type { ReplayPage, StreamView } from '../src/views/stream-catalogue.js';
import { InspectedApplication, PLATFORMS } from './support/inspected-application.js';
import { ServerEvents } from './support/server-events.js';

@Injectable()
class Ledger implements OnModuleInit, OnModuleDestroy {
  private opened: EventStream | undefined;

  constructor(@Inject(CLOCK) readonly clock: unknown) {}

  async onModuleInit(): Promise<void> {
    this.opened = new EventStream(await memoryLog().open('ledger', { epoch: 'e1' }));
  }

  get stream(): EventStream {
    if (this.opened === undefined) throw new Error('not open');
    return this.opened;
  }

  onModuleDestroy(): Promise<void> {
    return this.stream.stop();
  }
}

class LedgerModule {}

let running: InspectedApplication;
afterEach(() => running.stop());

it('replays a range of stored events, without secrets', async () => {
  const ledger = { module: LedgerModule, providers: [Ledger] };
  running = await InspectedApplication.start({ imports: [ledger] });
  const { stream } = running.app.get(Ledger, { strict: false });
  for (let number = 0; number < 5; number++) {
    await stream.append((id) => `{"id":${id},"seed":"x","big":1152921504606846976}`);
  }
  expect(await running.json<StreamView[]>('/api/streams')).toEqual([
    { name: 'ledger', epoch: 'e1', first: 0, head: 4 },
  ]);
  const { events } = await running.json<ReplayPage>('/api/replay/ledger?from=1&count=2');
  expect(events).toEqual([
    { id: 1, data: { id: 1, seed: '•••', big: '1152921504606846976' } },
    { id: 2, data: { id: 2, seed: '•••', big: '1152921504606846976' } },
  ]);
  expect((await running.json<ReplayPage>('/api/replay/ledger?from=5')).events).toEqual([]);
  expect((await running.get('/api/replay/other')).status).toBe(404);
  expect((await running.get('/api/replay/ledger?from=-1')).status).toBe(400);
});

it.each(PLATFORMS)('shows events as they are published, on %s', async (platform) => {
  running = await InspectedApplication.start({ platform });
  const events = await ServerEvents.open(`${running.url}/api/events?type=quote&text=htr`);
  await running.bus.publish('quote.changed', { symbol: 'XNO' });
  await running.bus.publish('quote.changed', { symbol: 'HTR', seed: 'never' });
  expect(await events.next('events')).toMatchObject({
    events: [{ type: 'quote.changed', data: { symbol: 'HTR', seed: '•••' } }],
    skipped: 0,
  });
  await events.close();
});

it('sends figures at once and then again and again', async () => {
  running = await InspectedApplication.start({ inspector: { sampleMs: 100 } });
  const figures = await ServerEvents.open(`${running.url}/api/figures`);
  expect(await figures.next('history')).toEqual([]);
  expect(await figures.next('sample')).toMatchObject({ gauges: { sessions: 0 } });
  await figures.close();
});

it('lets no more pages follow than it is told', async () => {
  running = await InspectedApplication.start({ inspector: { watchers: 1 } });
  const first = await ServerEvents.open(`${running.url}/api/figures`);
  expect((await running.get('/api/events')).status).toBe(503);
  await first.close();
});

it('does not hold up the end of the application', async () => {
  running = await InspectedApplication.start();
  const figures = await ServerEvents.open(`${running.url}/api/figures`);
  await running.app.close();
  await figures.ended();
});
