/** Connections that break in the midst of a frame, from either side: the session is gone, and nobody else notices. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SessionRegistry } from '@sluice/nestjs';
import { FaultProxy, frame, fragments, RawClient, TestClient } from '@sluice/testing';
import { TARGETS } from '../fuzz/all.targets.js';
import { FuzzSample } from '../fuzz/fuzz-sample.js';

/** Where a client's frame breaks off. */
const CUTS: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
  ['its header', (bytes) => bytes.subarray(0, 1)],
  ['its mask', (bytes) => bytes.subarray(0, 5)],
  ['its payload', (bytes) => bytes.subarray(0, -1)],
];

describe.each(TARGETS)('$name', (target) => {
  let sample: FuzzSample;
  let bystander: TestClient;

  beforeAll(async () => {
    sample = await FuzzSample.start(target.dialect);
    bystander = await TestClient.connect(target.url(sample));
  });
  afterAll(async () => {
    bystander.terminate();
    await sample.stop();
  });

  const messages = (): string[] =>
    target.examples(sample).map((message) => JSON.stringify(message));

  /** The client that stayed is served, is the only one, and nothing was our fault. */
  async function expectAlone(): Promise<void> {
    while (sample.connections > 1) await bystander.ping();
    const { endpoints } = sample.get(SessionRegistry);
    expect(endpoints.flatMap(({ sessions }) => sessions)).toHaveLength(1);
    await target.witness(sample);
    while (sample.connections > 1) await bystander.ping();
    expect(sample.takeFaults()).toEqual([]);
  }

  it.each(CUTS)('forgets clients that are reset in the midst of a frame: in %s', async (_, cut) => {
    for (const message of messages()) {
      await using client = await RawClient.connect(target.url(sample));
      client.sendText(message);
      client.write(cut(frame({ payload: message })));
      await bystander.ping();
      client.reset();
    }
    await expectAlone();
  });

  it('forgets clients that are reset between the fragments of a message', async () => {
    for (const message of messages()) {
      await using client = await RawClient.connect(target.url(sample));
      for (const part of fragments(message, Math.ceil(message.length / 3)).slice(0, -1)) {
        client.write(part);
      }
      await bystander.ping();
      client.reset();
    }
    await expectAlone();
  });

  it('forgets clients whose connection is reset while they are sent something', async () => {
    for (const afterBytes of [1, 2, 3, 60]) {
      await using proxy = await FaultProxy.start(target.url(sample));
      await using client = await TestClient.connect(proxy.url);
      await client.ping();
      proxy.reset({ afterBytes });
      for (const message of messages()) client.send(message);
      const ended = client.closed();
      let isOver = false;
      void ended.then(() => (isOver = true));
      while (!isOver) {
        // A Pong is something to be sent, too.
        void client.ping().catch(() => undefined);
        await sample.step();
        await bystander.ping();
      }
      expect(await ended).toMatchObject({ code: 1006 });
    }
    await expectAlone();
  });
});
