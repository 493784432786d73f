/** `--scenario NAME` against the tables and recordings of the reference's event simulator (contract 2.10). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { ClientPool } from '@sluice/testing';
import { ids, range, startStream, type EventFrame } from './support/event-frame.js';
import { GOLDEN_NAMES, goldenRecording } from './support/golden-recording.js';
import { SamplePool } from './support/sample-pool.js';
import { SCENARIO_NAMES, SCENARIO_SIZES, scenarioTable } from './support/scenario-tables.js';

describe('--scenario', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();

  afterEach(async () => {
    await clients.closeAll();
    await samples.endAll();
  });

  async function framesOf(...flags: readonly string[]): Promise<EventFrame[]> {
    const sample = await samples.start(flags);
    const client = await clients.connect(sample.urls.event_ws);
    client.send({ type: 'START_STREAM', window_size: 1000 });
    const first = await client.nextJson<EventFrame>();
    const frames = [first, ...(await client.takeJson<EventFrame>(first.latest_event_id))];
    await client.expectSilence();
    return frames;
  }

  it.each(SCENARIO_NAMES)(
    'hathor §7.82 %s has the events of the contract’s table',
    async (name) => {
      const frames = await framesOf('--scenario', name);
      expect(frames).toHaveLength(SCENARIO_SIZES[name]);
      expect(frames.map(({ event }) => [event.type, event.group_id])).toEqual(scenarioTable(name));
      expect(ids(frames)).toEqual(range(0, frames.length - 1));
      for (const frame of frames) {
        expect(frame).toMatchObject({
          type: 'EVENT',
          peer_id: 'simulator_peer_id',
          stream_id: 'simulator_stream_id',
          network: 'unittests',
          latest_event_id: frames.length - 1,
        });
      }
    },
  );

  it.each(GOLDEN_NAMES)('%s has the members, kinds and nulls of the recording', async (name) => {
    const golden = goldenRecording(name);
    expect((await framesOf('--scenario', name)).map(shape)).toEqual(golden.frames.map(shape));
  });

  it('gives the same events for the same seed and others for another', async () => {
    const hashes = async (seed: string): Promise<unknown[]> =>
      (await framesOf('--scenario', 'REORG', '--seed', seed)).map(({ event }) => event.data.hash);
    const first = await hashes('1');
    expect(await hashes('1')).toEqual(first);
    expect(await hashes('7')).not.toEqual(first);
  });

  it('serves fixed events: nothing can be done to them', async () => {
    const sample = await samples.start(['--scenario', 'ONLY_LOAD']);
    expect(await sample.status()).toMatchObject({ driven: false, best_block: null });
    expect(await sample.post('mine')).toMatchObject({ status: 409 });
    const client = await clients.connect(sample.urls.event_ws);
    client.send(startStream(4, 10));
    await client.expectSilence();
  });
});

/** What is left of a message when only its members, the kinds of its values and its nulls count. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, key === 'type' ? member : shape(member)]),
    );
  }
  if (value === null) return null;
  return typeof value === 'bigint' ? 'number' : typeof value;
}
