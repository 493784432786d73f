import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { EventLog, EventLogStore } from '@sluice/engine';
import { jetstreamLog } from '../src/index.js';
import { event, texts, textsFrom } from './support/events.js';
import { NatsServer } from '../src/testing/index.js';

const FENCED = { code: 'STATE', details: { reason: 'fenced' } };

describe('two writers of one stream', () => {
  let server: NatsServer;
  let stream: string;
  beforeAll(async () => (server = await NatsServer.start()));
  afterAll(() => server.end());
  beforeEach(() => {
    stream = randomUUID();
  });

  async function inTwo(body: (one: EventLog, two: EventLog) => Promise<void>): Promise<void> {
    const stores: EventLogStore[] = [1, 2].map(() => jetstreamLog({ servers: server.url, stream }));
    try {
      const [one, two] = await Promise.all(
        stores.map((store, index) => store.open('events', { epoch: `epoch-${index}` })),
      );
      if (one === undefined || two === undefined) throw new Error('two were opened');
      await body(one, two);
    } finally {
      await Promise.all(stores.map((store) => store.close()));
    }
  }

  it('that create it at the same moment agree on its epoch', async () => {
    await inTwo((one, two) => Promise.resolve(expect(one.epoch).toBe(two.epoch)));
  });

  it('the one that does not know the head is refused, for good, and nothing of it is stored', async () => {
    await inTwo(async (one, two) => {
      await one.append([event(0), event(1)]);
      for (let attempt = 0; attempt < 2; attempt += 1) {
        await expect(two.append([event(0, ' of two')], { two: true })).rejects.toMatchObject(
          FENCED,
        );
        await expect(two.discard({ epoch: 'of two' })).rejects.toMatchObject(FENCED);
        await one.append([event(one.head + 1)]);
      }
      expect([two.head, two.marks.two]).toEqual([-1, undefined]);
      expect(await textsFrom(one)).toEqual(texts(0, 3));
    });
  });

  it('the one that is refused can be opened again and then refuses the other', async () => {
    await inTwo(async (one, two) => {
      await one.append([event(0)]);
      await expect(two.append([event(0)])).rejects.toMatchObject(FENCED);
      const store = jetstreamLog({ servers: server.url, stream });
      const third = await store.open('events', { epoch: 'unused' });
      await third.append([event(1)]);
      await expect(one.append([event(1, ' of one')])).rejects.toMatchObject(FENCED);
      expect(await textsFrom(third)).toEqual(texts(0, 1));
      await store.close();
    });
  });

  it('that append at the same moment never mix', async () => {
    await inTwo(async (one, two) => {
      const append = async (log: EventLog, note: string): Promise<void> => {
        for (let id = 0; id < 50; id += 1) await log.append([event(id, note)]);
      };
      const ends = await Promise.allSettled([append(one, ' of one'), append(two, ' of two')]);
      const winner = ends[0].status === 'fulfilled' ? one : two;
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const notes = new Set((await textsFrom(winner)).map((text) => text.replace(/\d+/, '')));
      expect(notes.size).toBe(1);
      expect(winner.head).toBe(49);
    });
  });
});
