/** `kill -9` at random moments under load (contract 2.1): what was announced survives, and the chain goes on. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { BestChain } from './support/best-chain.js';
import { keepBusy } from './support/busy-chain.js';
import { EventNotebook } from './support/event-notebook.js';
import { EventReader } from './support/event-reader.js';
import { SamplePool } from './support/sample-pool.js';
import type { SampleProcess } from './support/sample-process.js';
import { seeded } from './support/seeded.js';

const CRASHES = 20;
/** Twenty-one starts and the work in between, in milliseconds, on a machine that is busy. */
const TIME_LIMIT = 300_000;
const WINDOW = 7;
const MOST_EVENTS = 150;

describe('a sample that is killed twenty times under load', () => {
  const samples = new SamplePool();

  afterEach(() => samples.endAll());

  it(
    'gives a client that resumes the gapless sequence of one stream, and one chain',
    async () => {
      const random = seeded(20_211_121);
      const notebook = new EventNotebook();
      const data = samples.folder();
      let acknowledged: number | null = null;

      const resume = (sample: SampleProcess): Promise<EventReader> =>
        EventReader.start(sample.urls.event_ws, {
          after: acknowledged,
          window: WINDOW,
          onFrame: (id, text) => notebook.note(id, text),
        });

      for (let crash = 0; crash < CRASHES; crash++) {
        const sample = await samples.start(['--pace', '40ms'], { data });
        const load = [keepBusy(sample, random), keepBusy(sample, random)];
        const reader = await resume(sample);
        await reader.reached(reader.last + Math.floor(random() * MOST_EVENTS));
        await sample.kill();
        await Promise.all([reader.ended, ...load]);
        acknowledged = reader.acknowledged;
      }

      const sample = await samples.start([], { data });
      const { latest_event_id: last, best_block: best } = await sample.status();
      const reader = await resume(sample);
      await reader.reached(last);
      await reader.close();

      const events = notebook.whole();
      expect(events).toHaveLength(last + 1);
      const count = (type: string): number => events.filter((event) => event.type === type).length;
      expect([count('LOAD_STARTED'), count('LOAD_FINISHED')]).toEqual([CRASHES + 1, CRASHES + 1]);
      const chain = new BestChain();
      for (const event of events) chain.add(event);
      expect(chain.best).toEqual(best);
      expect(chain.best?.height).toBeGreaterThan(CRASHES);
    },
    TIME_LIMIT,
  );
});
