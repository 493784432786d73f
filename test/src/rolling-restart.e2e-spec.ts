/** Stopping and starting again under load (contract 2.1): what was told is kept, and everybody is told of the end. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { ClientPool } from '@sluice/testing';
import { keepBusy } from './support/busy-chain.js';
import { EventNotebook } from './support/event-notebook.js';
import { EventReader } from './support/event-reader.js';
import { Audience, ENDPOINTS } from './support/every-endpoint.js';
import { fillLog } from './support/filled-log.js';
import { SamplePool } from './support/sample-pool.js';
import type { ProcessEnd, SampleProcess } from './support/sample-process.js';
import { seeded } from './support/seeded.js';

const ROUNDS = 10;
const CLIENTS = 4;
const READERS = [3, 50];
/** More than a kernel takes for a client that does not read. */
const STORED = 4000;
/** The sample's `shutdownMs`, and what a process takes to end on a machine that is busy. */
const LIMIT_MS = 5000 + 10_000;
/** Eleven starts, on a machine that is busy. */
const TEST_MS = 300_000;

describe('a sample that is stopped and started ten times under load', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();
  const audiences: Audience[] = [];

  afterEach(async () => {
    await clients.closeAll();
    await Promise.all(audiences.splice(0).map((audience) => audience.end()));
    await samples.endAll();
  });

  it(
    'tells every client of the end in time, and loses and doubles nothing',
    async () => {
      const random = seeded(20_261_122);
      const notebook = new EventNotebook();
      const data = samples.folder();
      const acknowledged: (number | null)[] = READERS.map(() => null);
      await (await samples.start([], { data })).stop();
      await fillLog(data, STORED);
      let told = STORED;

      const resume = (sample: SampleProcess, index: number, window: number): Promise<EventReader> =>
        EventReader.start(sample.urls.event_ws, {
          after: acknowledged[index] ?? null,
          window,
          onFrame: (id, text) => notebook.note(id, text),
        });

      for (let round = 0; round < ROUNDS; round++) {
        const sample = await samples.start(['--pace', '40ms'], { data });
        expect((await sample.status()).latest_event_id).toBeGreaterThanOrEqual(told);
        const readers = await Promise.all(
          READERS.map((window, index) => resume(sample, index, window)),
        );
        const gathered = await Promise.all(
          ENDPOINTS.map((endpoint) => Audience.gather(sample, endpoint, CLIENTS, clients)),
        );
        audiences.push(...gathered);
        const load = [keepBusy(sample, random), keepBusy(sample, random)];
        await Promise.all(gathered.map((audience) => audience.hears()));
        await Promise.all(readers.map((reader) => reader.reached(reader.last + 1 + round)));

        const signal = round % 2 === 0 ? 'SIGTERM' : 'SIGINT';
        sample.signal(signal);
        if (round === ROUNDS - 1) {
          // Somebody who is impatient changes nothing.
          await gathered[0]?.clients[0]?.closed();
          sample.signal('SIGINT');
          sample.signal('SIGTERM');
        }
        expect(await inTime(sample.ended)).toMatchObject({ signal, stderr: '' });
        for (const audience of gathered) await expectGoodbye(audience);
        await Promise.all(readers.map((reader) => reader.ended));
        readers.forEach((reader, index) => (acknowledged[index] = reader.acknowledged));
        told = Math.max(notebook.events.length - 1, ...(await Promise.all(load)));
        await clients.closeAll();
      }

      const sample = await samples.start([], { data });
      const { latest_event_id: last } = await sample.status();
      expect(last).toBeGreaterThan(told);
      const replayed = await EventReader.start(sample.urls.event_ws, {
        after: null,
        window: 1000,
        onFrame: (id, text) => notebook.note(id, text),
      });
      await replayed.reached(last);
      await replayed.close();
      expect(notebook.whole()).toHaveLength(last + 1);
    },
    TEST_MS,
  );
});

/** @throws Error if the process has not ended within the limit. */
async function inTime(ended: Promise<ProcessEnd>): Promise<ProcessEnd> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the sample did not end in time')), LIMIT_MS);
  });
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
}

async function expectGoodbye(audience: Audience): Promise<void> {
  const { name, goodbye, shared } = audience.endpoint;
  for (const closure of await audience.closures()) {
    expect({ name, ...closure }).toEqual({ name, ...goodbye, clean: true });
  }
  const [first = [], ...others] = await audience.rest();
  for (const rest of shared ? others : []) {
    const both = Math.min(first.length, rest.length);
    expect(rest.slice(rest.length - both)).toEqual(first.slice(first.length - both));
  }
}
