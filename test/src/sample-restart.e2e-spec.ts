/** Stopping and starting again on the same `--data` (contract 2.1). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { stringifyJson } from '@sluice/engine';
import { lmdbLog } from '@sluice/log-lmdb';
import { ClientPool } from '@sluice/testing';
import { startStream, type EventFrame, type HathorEvent } from './support/event-frame.js';
import { SamplePool } from './support/sample-pool.js';
import { runSample, type SampleProcess } from './support/sample-process.js';

const JOURNAL = 'hathor-vertices.jsonl';

describe('a sample that is started again on its data', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();

  afterEach(async () => {
    await clients.closeAll();
    await samples.endAll();
  });

  async function framesOf(sample: SampleProcess): Promise<EventFrame[]> {
    const client = await clients.connect(sample.urls.event_ws);
    client.send(startStream(null, 1000));
    const first = await client.nextJson<EventFrame>();
    return [first, ...(await client.takeJson<EventFrame>(first.latest_event_id))];
  }

  const eventsOf = (frames: readonly EventFrame[]): HathorEvent[] =>
    frames.map(({ event }) => event);

  it('goes on with ids, stream_id and peer_id, and adds LOAD_STARTED and LOAD_FINISHED only', async () => {
    const first = await samples.start();
    await first.control('mine', { blocks: 3 });
    const before = await framesOf(first);
    await first.stop();
    const second = await samples.start([], { data: first.data });
    const after = await framesOf(second);
    expect(eventsOf(after.slice(0, before.length))).toEqual(eventsOf(before));
    expect(after.slice(before.length).map(({ event }) => [event.id, event.type])).toEqual([
      [before.length, 'LOAD_STARTED'],
      [before.length + 1, 'LOAD_FINISHED'],
    ]);
    const identity = ({ peer_id, stream_id, network }: EventFrame) => [peer_id, stream_id, network];
    expect(new Set(after.map((frame) => identity(frame).join()))).toEqual(
      new Set(before.map((frame) => identity(frame).join())),
    );
  });

  it('goes on from the same best block, and counts groups on', async () => {
    const first = await samples.start();
    await first.control('mine', { blocks: 5 });
    await first.control('reorg', { depth: 1 });
    const { best_block } = await first.status();
    await first.stop();
    const second = await samples.start([], { data: first.data });
    expect((await second.status()).best_block).toEqual(best_block);
    await second.control('mine');
    const mined = (await framesOf(second)).at(-1)?.event.data;
    expect(mined?.parents?.[0]).toBe(best_block?.hash);
    expect(mined?.metadata?.height).toBe((best_block?.height ?? 0) + 1);
    await second.control('reorg', { depth: 1 });
    const groups = (await framesOf(second)).map(({ event }) => event.group_id);
    expect([...new Set(groups)]).toEqual([null, 0, 1]);
  });

  it('serves a client that resumes without a gap', async () => {
    const first = await samples.start();
    await first.control('mine', { blocks: 3 });
    await first.stop();
    const second = await samples.start([], { data: first.data });
    const client = await clients.connect(second.urls.event_ws);
    client.send(startStream(10, 100));
    await second.control('mine');
    const frames = await client.takeJson<EventFrame>(7);
    expect(frames.map(({ event }) => event.id)).toEqual([11, 12, 13, 14, 15, 16, 17]);
    await client.expectSilence();
  });

  it('publishes a vertex whose events two crashes in a row have kept from the log', async () => {
    const first = await samples.start();
    await first.control('mine', { blocks: 2 });
    await first.stop();
    const data = samples.folder();
    cpSync(first.data, data, { recursive: true });
    const second = await samples.start([], { data: first.data });
    const [lost] = (await second.control('mine')).vertices;
    await second.stop();

    // The first crash comes before the events are stored, the second one after the load, before they are published.
    copyFileSync(join(first.data, JOURNAL), join(data, JOURNAL));
    await appendLoad(join(data, 'events'));
    const third = await samples.start([], { data });
    const events = eventsOf(await framesOf(third));
    expect(events.slice(-6).map(({ type, data }) => [type, data.hash])).toEqual([
      ['LOAD_STARTED', undefined],
      ['LOAD_FINISHED', undefined],
      ['LOAD_STARTED', undefined],
      ['LOAD_FINISHED', undefined],
      ['VERTEX_METADATA_CHANGED', lost],
      ['NEW_VERTEX_ACCEPTED', lost],
    ]);
    await third.stop();
    const fourth = await samples.start([], { data });
    expect(eventsOf(await framesOf(fourth)).at(-1)?.type).toBe('LOAD_FINISHED');
    expect((await fourth.status()).best_block).toMatchObject({ hash: lost, height: 3 });
  });

  it('refuses the data of another seed, naming it, with exit code 2', async () => {
    const first = await samples.start(['--seed', '5']);
    await first.stop();
    const end = await runSample(['--hathor-port', '0', '--data', first.data, '--seed', '6']);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain('take --seed 5, another --data folder, or delete this one');
    expect(end.stderr).not.toMatch(/^\s+at /m);
  });

  it('refuses data that another process has open, and leaves that one alone', async () => {
    const first = await samples.start();
    const end = await runSample(['--hathor-port', '0', '--data', first.data]);
    expect(end).toMatchObject({ code: 1, stdout: '' });
    expect(end.stderr).toContain(`process ${first.pid} has it open`);
    expect(end.stderr).not.toMatch(/^\s+at /m);
    expect(await first.control('mine')).toMatchObject({ events: 5, latest_event_id: 9 });
  });
});

/** What a run that goes on in its stream adds first. */
async function appendLoad(path: string): Promise<void> {
  const store = lmdbLog({ path });
  const log = await store.open('hathor.events', { epoch: 'there is one' });
  const entries = ['LOAD_STARTED', 'LOAD_FINISHED'].map((type, index) => {
    const id = log.head + 1 + index;
    return { id, bytes: Buffer.from(stringifyJson({ id, type, data: {}, group_id: null })) };
  });
  await log.append(entries);
  await store.close();
}
