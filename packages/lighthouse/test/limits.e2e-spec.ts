/** Connections, bursts and slow clients (contract 5). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { RawClient } from '@sluice/testing';
import { once } from 'node:events';
import { connect } from 'node:net';
import { BeaconApp } from './support/beacon-app.js';
import { rawAnswer } from './support/raw-http.js';
import { eventOf, golden, vector } from './support/vectors.js';

const HEAD = golden('event-beacon_head_changed').plain;
const BLOCK = golden('event-beacon_block_imported').plain;

interface HandshakeCases {
  readonly cases: readonly { readonly name: string; readonly request: string }[];
}

describe('limits', () => {
  let beacon: BeaconApp;
  afterEach(() => beacon.stop());

  it('lighthouse §5 vector: the 101st connection ends without a byte, others notice nothing', async () => {
    beacon = await BeaconApp.start();
    const halfOpen = connect(beacon.port, '127.0.0.1');
    await once(halfOpen, 'connect');
    const clients = await beacon.clients.connectMany(99, beacon.url);
    const { cases } = vector<HandshakeCases>('handshake');
    const { request } = cases.find(({ name }) => name.startsWith('connection beyond')) ?? {};
    const beyond = await rawAnswer(beacon.port, request ?? '').catch(
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect(['', 'ECONNRESET', 'EPIPE']).toContain(beyond);
    await beacon.publish(HEAD);
    for (const client of clients) expect(await client.next()).toBe(HEAD);
    halfOpen.destroy();
  });

  it('lighthouse §5 the limit is configurable and asks for no address', async () => {
    beacon = await BeaconApp.start({ limits: { connections: 130 } });
    const clients = await beacon.clients.connectMany(130, beacon.url);
    await expect(beacon.connect()).rejects.toThrow();
    await beacon.publish(HEAD);
    for (const client of clients) expect(await client.next()).toBe(HEAD);
  });

  it('lighthouse §5 a freed place is usable at once', async () => {
    beacon = await BeaconApp.start({ limits: { connections: 2 } });
    const stays = await beacon.connect();
    for (let round = 0; round < 5; round++) {
      const leaves = await beacon.connect();
      await expect(beacon.connect()).rejects.toThrow();
      await leaves.close(1000);
    }
    await beacon.publish(HEAD);
    expect(await stays.next()).toBe(HEAD);
  });

  it.each([
    ['a plain request', 'GET / HTTP/1.1\r\n\r\n'],
    [
      'an upgrade without a key',
      'GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    ],
    ['what is no HTTP', 'hello\r\n\r\n'],
  ])(
    'lighthouse §3 after %s the connection ends, whether the client lets go or not',
    async (_, request) => {
      beacon = await BeaconApp.start({ limits: { connections: 1 } });
      const refused = connect({ port: beacon.port, host: '127.0.0.1', allowHalfOpen: true });
      refused.write(request);
      await once(refused.resume(), 'end');
      await (await beacon.connect()).close(1000);
      refused.destroy();
    },
  );

  it('lighthouse §5 a silent client is not pinged and stays connected', async () => {
    const clock = new ManualClock();
    beacon = await BeaconApp.start({}, { clock });
    await using client = await RawClient.connect(beacon.url);
    clock.advance(7 * 24 * 3_600_000);
    await beacon.publish(HEAD);
    clock.turn();
    expect(await client.nextFrame()).toEqual({ kind: 'text', text: HEAD });
  });

  it('lighthouse §5 pings can be turned on', async () => {
    const clock = new ManualClock();
    beacon = await BeaconApp.start({ heartbeat: { intervalMs: 1000 } }, { clock });
    await using client = await RawClient.connect(beacon.url);
    clock.advance(2000);
    expect(await client.nextFrame()).toMatchObject({ kind: 'ping' });
  });

  it('lighthouse §5 a burst is neither dropped nor reordered, across kinds of events', async () => {
    beacon = await BeaconApp.start();
    const client = await beacon.connect();
    const { bus } = beacon;
    const { root } = eventOf(golden('event-beacon_finalization').plain).data as { root: string };
    const count = 3000;
    for (let epoch = 0; epoch < count; epoch++) {
      void bus.publish('beacon.finalization', { epoch, root });
      if (epoch % 100 === 0) void beacon.publish(BLOCK);
    }
    let epoch = 0;
    for (const text of await client.take(count + count / 100)) {
      const { event, data } = JSON.parse(text) as { event: string; data: { epoch?: number } };
      if (event === 'beacon_finalization') expect(data.epoch).toBe(epoch++);
      else expect((epoch - 1) % 100).toBe(0);
    }
    expect(epoch).toBe(count);
  });

  it('lighthouse §5 a client that does not read slows nobody, is not cut, and misses nothing', async () => {
    beacon = await BeaconApp.start();
    await using stalled = await RawClient.connect(beacon.url);
    stalled.stall();
    const reader = await beacon.connect();
    const count = 1500;
    const published = Array.from({ length: count }, () => beacon.publish(BLOCK));
    await Promise.all(published);
    for (const text of await reader.take(count)) expect(text).toBe(BLOCK);
    await beacon.publish(HEAD);
    stalled.resume();
    for (let n = 0; n < count; n++) {
      expect(await stalled.nextFrame()).toEqual({ kind: 'text', text: BLOCK });
    }
    expect(await stalled.nextFrame()).toEqual({ kind: 'text', text: HEAD });
  });

  it('lighthouse §5 a client that exceeds the bound is cut, and what it got has no gap', async () => {
    beacon = await BeaconApp.start({ limits: { outboundBytes: 16 * 1024 * 1024 } });
    await using stalled = await RawClient.connect(beacon.url, { timeoutMs: 20_000 });
    stalled.stall();
    const reader = await beacon.connect();
    const { bus } = beacon;
    const { reason, block } = eventOf(golden('numbers-u64').plain).data as {
      reason: string;
      block: never;
    };
    const size = 100_000;
    let sent = 0;
    // Far more than the bound and what kernels hold.
    for (; sent < 400; sent++) {
      const text = `Invalid block: ${String(sent)} ${reason}${'.'.repeat(size)}`;
      await bus.publish('beacon.block-rejected', { reason: text, block });
      await reader.next();
    }
    stalled.resume();
    expect(['fin', 'reset']).toContain(await stalled.ended());
    expect(stalled.received).toBeLessThan(sent);
    for (let n = 0; n < stalled.received; n++) {
      const frame = await stalled.nextFrame();
      expect(frame).toMatchObject({ kind: 'text' });
      expect(frame.kind === 'text' && frame.text).toContain(`Invalid block: ${String(n)} `);
    }
  });
});
