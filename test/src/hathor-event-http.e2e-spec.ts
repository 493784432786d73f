/** `GET /v1a/event` (contract 2.9). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenRecording } from './support/golden-recording.js';
import { SamplePool } from './support/sample-pool.js';
import type { SampleProcess } from './support/sample-process.js';

describe('GET /v1a/event', () => {
  const samples = new SamplePool();
  const events = goldenRecording('SINGLE_CHAIN_ONE_BLOCK')
    .frames.slice(0, 3)
    .map(({ event }) => event);
  let sample: SampleProcess;

  beforeAll(async () => {
    const file = join(samples.folder(), 'three.json');
    writeFileSync(file, JSON.stringify(events));
    sample = await samples.start(['--events', file]);
  });
  afterAll(() => samples.endAll());

  it.each([
    ['', [0, 1, 2]],
    ['?size=1', [0]],
    ['?last_ack_event_id=0', [1, 2]],
    ['?last_ack_event_id=0&size=1', [1]],
    ['?size=1000', [0, 1, 2]],
  ])('hathor §7.81 of three events, %p brings %p', async (query, expected) => {
    expect(await sample.get(query)).toEqual({
      status: 200,
      body: { events: expected.map((id) => events[id]), latest_event_id: 2 },
    });
  });

  it.each(['?size=1001', '?foo=1', '?size=', '?size=-1', '?last_ack_event_id=null', '?size=x'])(
    'hathor §7.86 answers %p with status 200 and success false',
    async (query) => {
      const { status, body } = await sample.get<{ success: boolean; error: string }>(query);
      expect(status).toBe(200);
      expect(body).toEqual({ success: false, error: expect.stringMatching(/./) });
    },
  );

  it('hathor §7.86 says what is wrong with a repeated parameter', async () => {
    expect(await sample.get('?size=1&size=2')).toEqual({
      status: 200,
      body: { success: false, error: 'expected one value at most' },
    });
  });

  it.each(['?last_ack_event_id=100000', '?size=0', '?last_ack_event_id=2'])(
    'hathor §7.86 answers %p with no events',
    async (query) => {
      expect(await sample.get(query)).toEqual({
        status: 200,
        body: { events: [], latest_event_id: 2 },
      });
    },
  );
});
