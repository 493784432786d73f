import { describe, expect, it } from '@jest/globals';
import { memoryLog } from '../log/memory-log.js';
import { fakeSession, ManualClock } from '../testing/index.js';
import { EventStream } from './event-stream.js';
import { audiencesOf } from './stream-audience.js';
import { StreamDelivery } from './stream-delivery.js';

const ENVELOPE = { before: '', after: () => '' };

describe('the audiences of a stream', () => {
  it('are the deliveries that bring it to sessions, until they stop', async () => {
    const clock = new ManualClock();
    const store = memoryLog();
    const [stream, other] = [
      new EventStream(await store.open('one', { epoch: 'e' })),
      new EventStream(await store.open('other', { epoch: 'e' })),
    ];
    expect([...audiencesOf(stream)]).toEqual([]);
    const deliveries = [1, 2].map(() => new StreamDelivery(stream, ENVELOPE, { clock }));
    expect([...audiencesOf(stream)]).toEqual(deliveries);
    expect([...audiencesOf(other)]).toEqual([]);
    deliveries[0]?.stop();
    expect([...audiencesOf(stream)]).toEqual(deliveries.slice(1));
  });

  it('know the readers of their own sessions', async () => {
    const stream = new EventStream(await memoryLog().open('one', { epoch: 'e' }));
    const delivery = new StreamDelivery(stream, ENVELOPE);
    const { session } = fakeSession();
    const find = () => [...audiencesOf(stream)].map((audience) => audience.find(session));
    expect(find()).toEqual([undefined]);
    const reader = delivery.reader(session);
    expect(find()).toEqual([reader]);
    session.closed();
    expect(find()).toEqual([undefined]);
  });
});
