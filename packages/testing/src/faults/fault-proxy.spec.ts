import { ManualClock } from '@sluice/engine/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { ClientPool } from '../client/client-pool.js';
import type { TestClient } from '../client/test-client.js';
import { FaultProxy, type FaultProxyOptions } from './fault-proxy.js';
import { RawClient } from './raw-client.js';

describe('FaultProxy', () => {
  const clients = new ClientPool();
  let server: WebSocketServer;
  let proxy: FaultProxy;
  let url: string;

  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/ws' });
    await once(server, 'listening');
    url = `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}/ws`;
  });

  afterEach(async () => {
    await clients.closeAll();
    await proxy.close();
    for (const socket of server.clients) socket.terminate();
    await new Promise((resolve) => server.close(resolve));
  });

  async function start(options?: FaultProxyOptions): Promise<void> {
    proxy = await FaultProxy.start(url, options);
  }

  async function pair(): Promise<{ client: TestClient; peer: WebSocket }> {
    const connection = once(server, 'connection');
    const client = await clients.connect(proxy.url);
    const [peer] = (await connection) as [WebSocket];
    peer.on('error', () => undefined);
    return { client, peer };
  }

  it('passes everything on, the end included', async () => {
    await start();
    const { client, peer } = await pair();
    const message = once(peer, 'message');
    client.send('up');
    expect(String((await message)[0])).toBe('up');
    peer.send('down');
    expect(await client.next()).toBe('down');
    peer.close(4000);
    expect(await client.closed()).toMatchObject({ code: 4000, clean: true });
    await proxy.links[0]?.over;
    expect(proxy.links).toHaveLength(0);
  });

  it('holds back one direction and loses nothing', async () => {
    await start();
    const { client, peer } = await pair();
    proxy.stall('down');
    const block = Buffer.alloc(1 << 20, 'x');
    for (let i = 0; i < 24; i++) peer.send(block);
    const message = once(peer, 'message');
    client.send('up');
    await message;
    expect(peer.bufferedAmount).toBeGreaterThan(block.length);
    proxy.resume();
    for (let i = 0; i < 24; i++) expect(await client.nextBinary()).toHaveLength(block.length);
  });

  it('leaves the connection half-open: neither side hears the other, nor of its end', async () => {
    await start();
    const { client, peer } = await pair();
    proxy.blackhole();
    client.send('lost');
    peer.send('lost');
    await expect(client.ping({ timeoutMs: 10 })).rejects.toThrow('waited for a pong');
    client.terminate();
    await client.closed();
    await new Promise<void>((resolve, reject) => {
      peer.send('into the void', (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    expect(peer.readyState).toBe(peer.OPEN);
  });

  it('resets in the middle of a frame', async () => {
    await start();
    const connection = once(server, 'connection');
    const client = await RawClient.connect(proxy.url);
    const [peer] = (await connection) as [WebSocket];
    const closed = once(peer, 'close');
    const before = client.bytesRead;
    proxy.reset({ afterBytes: 10 });
    peer.send('more than ten bytes');
    expect(await client.ended()).toBe('reset');
    expect(client.bytesRead - before).toBe(10);
    expect(client.received).toBe(0);
    expect((await closed)[0]).toBe(1006);
  });

  it('ends the connection in order after some bytes of either direction', async () => {
    await start();
    const { client, peer } = await pair();
    const closed = once(peer, 'close');
    proxy.cut({ afterBytes: 4, direction: 'up' });
    client.send('more than four bytes');
    expect(await client.closed()).toMatchObject({ code: 1006, clean: false });
    expect((await closed)[0]).toBe(1006);
  });

  it('resets at once when told no number of bytes', async () => {
    await start();
    const { client, peer } = await pair();
    const closed = once(peer, 'close');
    proxy.links[0]?.reset();
    await Promise.all([client.closed(), closed]);
  });

  it('delays both directions on its clock and keeps the order when the delay changes', async () => {
    const clock = new ManualClock();
    await start({ clock });
    const { client, peer } = await pair();
    proxy.latency(100);
    peer.send('slow');
    await arrived(clock, 1);
    proxy.latency(10);
    peer.send('fast');
    await arrived(clock, 2);
    expect(client.received).toBe(0);
    clock.advance(100);
    expect(await client.take(2)).toEqual(['slow', 'fast']);
  });

  it('passes on the refusal of its target', async () => {
    await start();
    await new Promise((resolve) => server.close(resolve));
    await expect(clients.connect(proxy.url)).rejects.toThrow('could not connect');
  });
});

/** Resolves when `count` chunks wait on the clock of a proxy. */
async function arrived(clock: ManualClock, count: number): Promise<void> {
  while (clock.pending < count) await new Promise((resolve) => setImmediate(resolve));
}
