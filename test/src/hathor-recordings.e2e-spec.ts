/** `--events FILE`: other people's recordings, served unchanged. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringifyJson } from '@sluice/engine';
import { ClientPool } from '@sluice/testing';
import type { EventFrame } from './support/event-frame.js';
import { GOLDEN_NAMES, goldenPath, goldenRecording } from './support/golden-recording.js';
import { SamplePool } from './support/sample-pool.js';
import { describeEnd, runSample } from './support/sample-process.js';

describe('--events', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();
  const golden = goldenRecording('SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS');
  let folder: string;

  beforeEach(() => {
    folder = samples.folder();
  });
  afterEach(async () => {
    await clients.closeAll();
    await samples.endAll();
  });

  function file(text: string): string {
    const path = join(folder, 'recording');
    writeFileSync(path, text);
    return path;
  }

  /** All frames of the sample, parsed with every digit. */
  async function served(path: string, count: number, ...flags: string[]): Promise<EventFrame[]> {
    const sample = await samples.start(['--events', path, ...flags]);
    const client = await clients.connect(sample.urls.event_ws);
    client.send({ type: 'START_STREAM', window_size: 1000 });
    const frames = await client.takeJson<EventFrame>(count);
    await client.expectSilence();
    return frames;
  }

  it.each(GOLDEN_NAMES)('serves the recorded object %s frame by frame as it is', async (name) => {
    const { frames } = goldenRecording(name);
    expect(await served(goldenPath(name), frames.length)).toEqual(frames);
  });

  const frames = golden.frames;
  const events = frames.map(({ event }) => event);
  const array = (items: readonly unknown[]): string => stringifyJson(items);
  const lines = (items: readonly unknown[]): string => items.map(stringifyJson).join('\n');

  it.each([
    ['a JSON array of frames', array(frames)],
    ['JSON lines of frames', `${lines(frames)}\n`],
    ['a shuffled array of frames', array(shuffled(frames))],
    ['shuffled lines of frames, some twice', lines(shuffled([...frames, ...frames.slice(3, 9)]))],
    ['lines with CRLF and empty lines', lines(frames).replaceAll('\n', '\r\n\r\n')],
  ])('serves %s as it was', async (_kind, text) => {
    expect(await served(file(text), frames.length)).toEqual(frames);
  });

  it.each([
    ['a JSON array of events', array(events)],
    ['JSON lines of events', lines(events)],
    ['shuffled lines of events', lines(shuffled(events))],
    ['an object with events', stringifyJson({ events: shuffled(events) })],
  ])('serves %s in id order, with an identity of its own', async (_kind, text) => {
    const answer = await served(file(text), events.length);
    expect(answer.map(({ event }) => event)).toEqual(events);
    const [{ peer_id, stream_id } = { peer_id: '', stream_id: '' }] = answer;
    for (const frame of answer) {
      expect(frame).toMatchObject({ peer_id, stream_id, network: 'privatenet' });
      expect(frame.latest_event_id).toBe(events.length - 1);
    }
    expect(peer_id).toMatch(/^[0-9a-f]{64}$/);
    expect(stream_id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('keeps numbers beyond 2^53 digit by digit', async () => {
    const text =
      '[{"id":0,"type":"X","data":{"value":9223372036854775808,"nonce":340282366920938463463374607431768211455}}]';
    expect(await served(file(text), 1)).toMatchObject([
      {
        event: {
          data: { value: 9223372036854775808n, nonce: 340282366920938463463374607431768211455n },
        },
      },
    ]);
  });

  it('begins where a recording begins that starts in the middle', async () => {
    const sample = await samples.start(['--events', file(lines(frames.slice(10)))]);
    expect((await sample.get('?size=1&last_ack_event_id=9')).body).toMatchObject({
      events: [{ id: 10 }],
      latest_event_id: 39,
    });
    const client = await clients.connect(sample.urls.event_ws);
    client.send({ type: 'START_STREAM', last_ack_event_id: 9, window_size: 100 });
    expect(await client.takeJson(30)).toEqual(frames.slice(10));
  });

  it('serves the same from a log on disk, also when the folder was used before', async () => {
    const data = samples.folder();
    const flags = ['--log', 'lmdb', '--data', data];
    for (const part of [frames, frames.slice(0, 10)]) {
      const path = file(lines(part));
      const expected = part.map((frame) => ({ ...frame, latest_event_id: part.length - 1 }));
      expect(await served(path, part.length, ...flags)).toEqual(expected);
      await clients.closeAll();
      await samples.endAll();
      mkdirSync(folder, { recursive: true });
      mkdirSync(data, { recursive: true });
    }
  });

  it.each([
    ['text that is not JSON', 'hello', /line 1 is not JSON/],
    ['a line that is cut off', `${lines(frames.slice(0, 3))}\n{"type":"EV`, /line 4 is not JSON/],
    ['a number', '7', /neither an object nor a list/],
    ['a list of numbers', '[1,2]', /item 0 is not an object/],
    ['an event without an id', '[{"type":"LOAD_STARTED","data":{}}]', /no id/],
    ['an event without a type', '[{"id":0,"data":{}}]', /event 0 has no type/],
    [
      'hathor §7.78 ids with a gap',
      lines([...frames.slice(0, 4), frames[5]]),
      /event 4 is missing/,
    ],
    [
      'one id for two events',
      array([events[0], { ...events[1], id: 0 }]),
      /two different events have the id 0/,
    ],
    [
      'frames of two streams',
      array([frames[0], { ...frames[1], stream_id: 'another' }]),
      /several streams/,
    ],
  ])('refuses %s with exit code 2 and the reason', async (_what, text, reason) => {
    const path = file(text);
    const end = await runSample(['--events', path, '--hathor-port', '0']);
    expect(describeEnd(end)).toMatch(reason);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain(`--events ${path}`);
    expect(end.stderr).not.toMatch(/^\s+at /m);
  });

  it('refuses a file that is not there with exit code 2', async () => {
    const end = await runSample(['--events', join(folder, 'nothing')]);
    expect(end).toMatchObject({ code: 2, stderr: expect.stringContaining('no such file') });
  });
});

/** The same items in another order, the same on every run. */
function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item, index) => ({ item, place: (index * 7919) % 127 }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
