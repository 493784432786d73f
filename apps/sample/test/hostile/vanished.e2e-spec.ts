/** Dialects have no heartbeat: who vanishes without a word is found by the system, which has to be asked to look. */
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { RawClient } from '@sluice/testing';
import { Socket } from 'node:net';
import { TARGETS } from '../fuzz/all.targets.js';
import { FuzzSample } from '../fuzz/fuzz-sample.js';

afterEach(() => {
  jest.restoreAllMocks();
});

describe.each(TARGETS)('$name', (target) => {
  it('has the system probe a client that was silent for a minute', async () => {
    const keepAlive = jest.spyOn(Socket.prototype, 'setKeepAlive');
    const sample = await FuzzSample.start(target.dialect);
    await using client = await RawClient.connect(target.url(sample));
    expect(keepAlive.mock.calls).toEqual([[true, 60_000]]);
    client.reset();
    await sample.stop();
  });
});
