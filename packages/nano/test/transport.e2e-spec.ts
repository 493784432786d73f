/** Handshake, frames, closing (contract 2). */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { closeFrame, frame, RawClient, TestClient } from '@sluice/testing';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { NanoApp, settled } from './support/nano-app.js';

const PING = '{"action":"ping"}';
const MIB = 1024 * 1024;

let app: NanoApp;
const start = async () => {
  app = await NanoApp.start();
};
const stop = () => app.stop();

/** The answer to a request as it stands. */
async function answer(...lines: readonly string[]): Promise<string> {
  const socket = connect(app.port, '127.0.0.1');
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return text(socket);
}

const HANDSHAKE: Readonly<Record<string, string>> = {
  Host: 'localhost',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** The answer to a handshake that is changed. */
function answerTo(changes: Readonly<Record<string, string | undefined>>, first = 'GET / HTTP/1.1') {
  const headers = Object.entries({ ...HANDSHAKE, ...changes });
  const lines = headers.flatMap(([name, value]) =>
    value === undefined ? [] : `${name}: ${value}`,
  );
  return answer(first, ...lines);
}

describe('the handshake', () => {
  beforeAll(start);
  afterAll(stop);

  it.each(['', '/', '/any/path', '/?token=1&x', '//', '/%zz', '/a%2Fb/../c', '/:room'])(
    'takes the path %j',
    async (path) => {
      await settled(await app.connect(path));
    },
  );

  it('looks at no Origin, selects no sub-protocol and no extension', async () => {
    const headers = {
      ...HANDSHAKE,
      Origin: 'https://anywhere.example',
      'Sec-WebSocket-Protocol': 'nano, json',
      'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
    };
    const request = get(`http://127.0.0.1:${app.port}/`, { headers });
    const [response, socket] = (await once(request, 'upgrade')) as [IncomingMessage, Socket];
    socket.destroy();
    expect(Object.keys(response.headers).sort()).toEqual([
      'connection',
      'sec-websocket-accept',
      'upgrade',
    ]);
  });

  it.each<[string, string | undefined, string | undefined]>([
    ['no key', 'Sec-WebSocket-Key', undefined],
    ['a bad key', 'Sec-WebSocket-Key', 'short'],
    ['no version', 'Sec-WebSocket-Version', undefined],
    ['another protocol', 'Upgrade', 'h2c'],
    ['a choice of protocols', 'Upgrade', 'h2c, websocket'],
    ['no host', 'Host', undefined],
    ['no Connection', 'Connection', undefined],
    ['another Connection', 'Connection', 'keep-alive'],
  ])('%s gets 400 with a short text', async (_, name = '', value) => {
    const [head = '', body] = (await answerTo({ [name]: value })).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(head).toContain('Content-Type: text/plain');
    expect(body).toMatch(/^[\w\-: ]{5,60}$/);
  });

  it.each(['POST / HTTP/1.1', 'GET / HTTP/1.0'])('%s gets 400', async (first) => {
    expect(await answerTo({}, first)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  });

  it.each(['8', '12', '14', 'x'])('version %s gets 426 with the right one', async (version) => {
    const refusal = await answerTo({ 'Sec-WebSocket-Version': version });
    expect(refusal).toMatch(/^HTTP\/1\.1 426 Upgrade Required\r\n/);
    expect(refusal).toContain('\r\nSec-WebSocket-Version: 13\r\n');
  });

  it.each(['/', '/any'])('a plain request to %s gets 400 with a short text', async (path) => {
    const response = await fetch(`http://127.0.0.1:${app.port}${path}`);
    expect([response.status, await response.text()]).toEqual([
      400,
      'This port speaks WebSocket only',
    ]);
  });
});

describe('frames', () => {
  beforeAll(start);
  afterAll(stop);

  it('text and binary messages are alike, fragments are put together', async () => {
    const client = await app.connect();
    client.send(Buffer.from(PING));
    expect(await client.nextJson()).toMatchObject({ ack: 'pong' });
    const raw = await RawClient.connect(app.url);
    raw.write(frame({ opcode: 'binary', fin: false, payload: PING.slice(0, 5) }));
    raw.write(frame({ opcode: 'ping', payload: 'between' }));
    raw.write(frame({ opcode: 'continuation', payload: PING.slice(5) }));
    expect(await raw.nextFrame()).toMatchObject({ kind: 'pong' });
    expect(await raw.nextFrame()).toMatchObject({ kind: 'text' });
    raw.reset();
  });

  it('a message of 16 MiB is read, one of a byte more closes with 1009', async () => {
    const client = await app.connect();
    client.send(PING.padEnd(16 * MIB));
    expect(await client.nextJson()).toMatchObject({ ack: 'pong' });
    const closed = client.closed();
    client.send(PING.padEnd(16 * MIB + 1));
    expect([1006, 1009]).toContain((await closed).code);
    const raw = await RawClient.connect(app.url);
    raw.write(frame({ payload: Buffer.alloc(16 * MIB + 1) }).subarray(0, 14));
    expect(await raw.nextFrame()).toMatchObject({ kind: 'close', code: 1009 });
    raw.reset();
  });

  it('a message of 16 MiB is read also in frames of 4 KiB, as nodes and their libraries cut them', async () => {
    const message = Buffer.from(PING.padEnd(16 * MIB));
    const size = 4096;
    const frames: Buffer[] = [];
    for (let at = 0; at < message.length; at += size) {
      const payload = message.subarray(at, at + size);
      const opcode = at === 0 ? 'text' : 'continuation';
      frames.push(frame({ opcode, fin: at + size >= message.length, payload }));
    }
    await using raw = await RawClient.connect(app.url);
    raw.write(Buffer.concat(frames));
    expect(await raw.nextFrame()).toMatchObject({ kind: 'text' });
  });

  it('text that is not UTF-8 closes with 1007', async () => {
    const raw = await RawClient.connect(app.url);
    raw.write(frame({ opcode: 'text', payload: Buffer.from([0xff]) }));
    expect(await raw.nextFrame()).toMatchObject({ kind: 'close', code: 1007 });
    raw.reset();
  });

  it('everything is sent as text, one JSON document a message', async () => {
    const raw = await RawClient.connect(app.url);
    raw.sendText(PING);
    expect(await raw.nextFrame()).toMatchObject({ kind: 'text' });
    raw.reset();
  });
});

describe('the end', () => {
  beforeEach(start);
  afterEach(stop);

  it.each<[number | undefined, number]>([
    [undefined, 1000],
    [1000, 1000],
    [1001, 1001],
    [4321, 4321],
  ])('a client that closes with %p gets %p back', async (code, echoed) => {
    const client = await app.connect();
    expect(await client.close(code)).toMatchObject({ code: echoed, reason: '', clean: true });
  });

  it('what a client has sent just before its Close is done and answered first', async () => {
    await using raw = await RawClient.connect(app.url);
    raw.write(Buffer.concat([frame({ payload: PING }), closeFrame(1000)]));
    expect(await raw.nextFrame()).toMatchObject({ text: expect.stringContaining('"ack":"pong"') });
    expect(await raw.nextFrame()).toMatchObject({ kind: 'close', code: 1000 });
  });

  it('at shutdown is 1000 and says so', async () => {
    const client = await app.connect();
    await app.app.close();
    expect(await client.closed()).toMatchObject({ code: 1000, reason: 'Shutting down' });
  });

  it('takes all subscriptions with it, nothing is kept for the next connection', async () => {
    const client = await app.connected({ action: 'subscribe', topic: 'confirmation' });
    expect(app.count('confirmation')).toBe(1);
    client.terminate();
    const next = await app.connect();
    while (app.count('confirmation') !== 0) await settled(next);
    await app.bus.publish('election.started', { hash: Buffer.alloc(32) });
    await next.expectSilence();
  });
});

describe('where it listens', () => {
  it('is the port and address that a node has, unless told otherwise', async () => {
    const node = await NanoApp.start({ nano: { port: 7078, address: '::1' } });
    expect(node.port).toBe(7078);
    const client = await TestClient.connect('ws://[::1]:7078');
    await settled(client);
    await client.close();
    await node.stop();
  });

  it('is one path, if it is told one', async () => {
    app = await NanoApp.start({ nano: { path: '/nano' } });
    await settled(await app.connect('/nano'));
    expect(await TestClient.refused(`${app.url}/`)).toMatchObject({ status: 404 });
    await app.stop();
  });

  it('takes IPv4 in mapped form', async () => {
    app = await NanoApp.start({ nano: { address: '::ffff:127.0.0.1' } });
    await settled(await app.connect());
    await app.stop();
  });

  it('is the server of the application, if it is told so', async () => {
    app = await NanoApp.start({ nano: { port: 'application', path: '/nano' } });
    await settled(await app.connect('/nano'));
    expect((await fetch(`${app.url.replace('ws', 'http')}/`)).status).toBe(404);
    await app.stop();
  });

  it('fails at start if the port is taken', async () => {
    app = await NanoApp.start();
    await expect(NanoApp.start({ nano: { port: app.port } })).rejects.toThrow('EADDRINUSE');
    await app.stop();
  });
});
