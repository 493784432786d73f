import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { closeFrame, fragments, frame } from './frame.js';
import { RawClient } from './raw-client.js';
import { upgradeRequest } from './upgrade.js';

describe('RawClient', () => {
  const sockets = new Set<Socket>();
  let http: Server;
  let server: WebSocketServer;
  let url: string;

  beforeEach(async () => {
    http = createServer();
    http.on('connection', (socket) => sockets.add(socket));
    const options = { server: http, maxPayload: 1 << 20, closeTimeout: 50 };
    server = new WebSocketServer(options);
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    url = `ws://127.0.0.1:${String((http.address() as AddressInfo).port)}/`;
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await new Promise((resolve) => http.close(resolve));
  });

  /** Connects and resolves both ends; the server's end echoes. */
  async function pair(): Promise<{ client: RawClient; peer: WebSocket }> {
    const connection = once(server, 'connection');
    const client = await RawClient.connect(url);
    const [peer] = (await connection) as [WebSocket];
    peer.on('error', () => undefined);
    peer.on('message', (data: Buffer, binary) => {
      peer.send(data, { binary });
    });
    return { client, peer };
  }

  it('connects to an IPv6 address', async () => {
    const other = createServer().listen(0, '::1');
    await once(other, 'listening');
    try {
      const { port } = other.address() as AddressInfo;
      await using client = await RawClient.open(`ws://[::1]:${String(port)}/`);
      client.finish();
    } finally {
      other.close();
    }
  });

  it('receives texts, bytes, pings and Close frames', async () => {
    const { client, peer } = await pair();
    peer.send('text');
    peer.send(Buffer.of(1, 2));
    peer.ping('p');
    peer.close(4000, 'bye');
    expect(await client.nextFrame()).toEqual({ kind: 'text', text: 'text' });
    expect(await client.nextFrame()).toEqual({ kind: 'binary', bytes: Buffer.of(1, 2) });
    expect(await client.nextFrame()).toEqual({ kind: 'ping', bytes: Buffer.from('p') });
    expect(await client.nextFrame()).toEqual({ kind: 'close', code: 4000, reason: 'bye' });
  });

  it('tells an empty Close frame from one with a code, and answers neither', async () => {
    const { client, peer } = await pair();
    const closed = once(peer, 'close');
    peer.close();
    expect(await client.nextFrame()).toEqual({ kind: 'close', code: undefined, reason: '' });
    expect(await closed).toEqual([1006, Buffer.alloc(0)]);
    expect(await client.ended()).toBe('fin');
  });

  it('sends a message in fragments with a ping in between', async () => {
    const { client } = await pair();
    for (const part of fragments('grüße', 3)) {
      client.write(part);
      client.write(frame({ opcode: 'ping', payload: 'in between' }));
    }
    expect(await client.nextFrame()).toEqual({ kind: 'pong', bytes: Buffer.from('in between') });
    expect(await client.nextFrame()).toEqual({ kind: 'pong', bytes: Buffer.from('in between') });
    expect(await client.nextFrame()).toEqual({ kind: 'text', text: 'grüße' });
  });

  it.each([
    ['an unmasked frame', frame({ masked: false, payload: 'x' }), 1002],
    ['invalid UTF-8 in a text', frame({ payload: Buffer.of(0xc3, 0x28) }), 1007],
    ['a frame announced as too long', frame({ announcedLength: 2 ** 40 }), 1009],
    ['a reserved opcode', frame({ opcode: 11 }), 1002],
    ['a continuation of nothing', frame({ opcode: 'continuation' }), 1002],
    ['a forbidden close code', closeFrame(1006), 1002],
    ['a close code of one byte', frame({ opcode: 'close', payload: Buffer.of(3) }), 1002],
  ])('sees the server close after %s', async (_, bytes, code) => {
    const { client } = await pair();
    client.write(bytes);
    expect(await client.nextFrame()).toMatchObject({ kind: 'close', code });
  });

  it('cuts a frame off in the middle', async () => {
    const { client, peer } = await pair();
    const closed = once(peer, 'close');
    client.write(frame({ payload: 'never whole' }).subarray(0, 9));
    client.finish();
    expect(await closed).toEqual([1006, Buffer.alloc(0)]);
  });

  it('resets the connection', async () => {
    const { client } = await pair();
    const [socket] = sockets;
    const error = new Promise((resolve) => socket?.once('error', resolve));
    client.reset();
    expect(await error).toMatchObject({ code: 'ECONNRESET' });
    expect(await client.ended()).toBe('local');
  });

  it('tells a reset by the server from an orderly end', async () => {
    const { client } = await pair();
    for (const socket of sockets) socket.resetAndDestroy();
    expect(await client.ended()).toBe('reset');
    await expect(client.nextFrame()).rejects.toThrow('ended by reset');
  });

  it('stops reading at once, so that the server cannot send, and reads on in order', async () => {
    const { client, peer } = await pair();
    client.stall();
    const read = client.bytesRead;
    const block = 'x'.repeat(1 << 20);
    for (let i = 0; i < 16; i++) peer.send(`${String(i)} ${block}`);
    client.sendText('still sending');
    await once(peer, 'message');
    expect(peer.bufferedAmount).toBeGreaterThan(block.length);
    expect(client.bytesRead - read).toBeLessThanOrEqual(16 * 1024);
    client.resume();
    for (let i = 0; i < 16; i++) {
      expect(await client.nextFrame()).toEqual({ kind: 'text', text: `${String(i)} ${block}` });
    }
    expect(await client.nextFrame()).toEqual({ kind: 'text', text: 'still sending' });
  });

  it('upgrades byte by byte', async () => {
    const client = await RawClient.open(url);
    await client.drip(upgradeRequest(url, { 'X-Extra': 'slow' }));
    const { status, headers } = await client.upgraded();
    expect([status, headers.upgrade]).toEqual([101, 'websocket']);
    client.sendText('hello');
  });

  it('says so when the upgrade is not answered, refused or cut', async () => {
    const silent = await RawClient.open(url);
    silent.write(upgradeRequest(url).subarray(0, 20));
    await expect(silent.upgraded({ timeoutMs: 5 })).rejects.toThrow(
      'waited for the answer to the upgrade request: nothing within 5 ms; the TCP connection to',
    );
    const cut = silent.upgraded();
    for (const socket of sockets) socket.destroy();
    await expect(cut).rejects.toThrow('the connection ended');
    const bad = { headers: { 'Sec-WebSocket-Version': '7' } };
    await expect(RawClient.connect(url, bad)).rejects.toThrow('the status was 400');
  });
});
