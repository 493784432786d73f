import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SluiceError, type NodeCalls } from '@sluice/engine';
import { natsCalls } from '../../src/index.js';
import { NatsServer } from '../../src/testing/index.js';

class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

describe('calls from a gateway to the writer', () => {
  let server: NatsServer;
  let writer: NodeCalls;
  let gateway: NodeCalls;

  beforeEach(async () => {
    server = await NatsServer.start({ jetstream: false });
    writer = natsCalls({ servers: server.url });
    gateway = natsCalls({ servers: server.url });
  });

  afterEach(async () => {
    await Promise.all([writer.close(), gateway.close()]);
    await server.end();
  });

  it('bring arguments there and values back as they were', async () => {
    await writer.serve('chain', { both: (...args: never[]) => Promise.resolve([...args]) });
    const args = [2n ** 70n, new Uint8Array([1]), undefined, { a: new Date(1) }];
    expect(await gateway.ask('chain', 'both', ...args)).toStrictEqual(args);
  });

  it('bring back that there is nothing', async () => {
    await writer.serve('chain', { none: () => undefined });
    expect(await gateway.ask('chain', 'none')).toBeUndefined();
  });

  it('fail as the handler does, by code, message and name', async () => {
    await writer.serve('chain', {
      limit: () => {
        throw new SluiceError('LIMIT', 'too many');
      },
      refuse: () => Promise.reject(new RefusedError('no funds')),
    });
    await expect(gateway.ask('chain', 'limit')).rejects.toMatchObject({
      code: 'LIMIT',
      message: 'too many',
    });
    await expect(gateway.ask('chain', 'refuse')).rejects.toMatchObject({
      message: 'no funds',
      details: { name: 'RefusedError' },
    });
  });

  it('wait for a writer', async () => {
    const asked = gateway.ask('chain', 'height');
    await writer.serve('chain', { height: () => 7 });
    expect(await asked).toBe(7);
  });

  it('fail if no writer comes', async () => {
    const impatient = natsCalls({ servers: server.url, patience: 100 });
    await expect(impatient.ask('chain', 'height')).rejects.toMatchObject({
      code: 'STATE',
      details: { reason: 'no-writer' },
    });
    await impatient.close();
  });

  it('fail if the writer does not answer', async () => {
    await writer.serve('chain', { height: () => new Promise(() => undefined) });
    const impatient = natsCalls({ servers: server.url, timeout: 100 });
    await expect(impatient.ask('chain', 'height')).rejects.toMatchObject({
      details: { reason: 'no-answer' },
    });
    await impatient.close();
  });

  it('that cannot be sent are refused with what is wrong', async () => {
    await writer.serve('chain', { height: () => 7 });
    await expect(gateway.ask('chain', 'height', () => 1)).rejects.toMatchObject({
      code: 'INVALID',
    });
    const large = new Uint8Array(1024 ** 2);
    await expect(gateway.ask('chain', 'height', large)).rejects.toMatchObject({
      code: 'LIMIT',
      details: { limit: 'max_payload' },
    });
    expect(await gateway.ask('chain', 'height')).toBe(7);
  });

  it('fail as the handler does, however much that says', async () => {
    await writer.serve('chain', {
      refuse: () => Promise.reject(new RefusedError('no'.repeat(1024 ** 2))),
    });
    await expect(gateway.ask('chain', 'refuse')).rejects.toMatchObject({
      message: expect.stringMatching(/^(no)+$/),
      details: { name: 'RefusedError' },
    });
  });

  it('are told that an answer is too large', async () => {
    await writer.serve('chain', { all: () => new Uint8Array(1024 ** 2) });
    await expect(gateway.ask('chain', 'all')).rejects.toMatchObject({ code: 'LIMIT' });
  });
});
