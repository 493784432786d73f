/** The ways of writing to a client: past `ws` where its frames stay as they are, through it where an extension changes them. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { binaryFrame, textFrame } from '@sluice/engine';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { WsSessionSocket } from '../src/connection/ws-session-socket.js';
import { until } from './support/until.js';

const pem = (name: string) =>
  readFileSync(new URL(`vectors/loopback.${name}.pem`, import.meta.url));
const [key, cert] = [pem('key'), pem('cert')];

interface Transport {
  readonly scheme: 'ws' | 'wss';
  readonly perMessageDeflate: boolean;
}

const TRANSPORTS: [string, Transport][] = [
  ['TCP', { scheme: 'ws', perMessageDeflate: false }],
  ['TLS', { scheme: 'wss', perMessageDeflate: false }],
  ['TCP with compression', { scheme: 'ws', perMessageDeflate: true }],
  ['TLS with compression', { scheme: 'wss', perMessageDeflate: true }],
];

/** A `ws` server with one client, and the session's socket between them. */
class Link {
  readonly received: string[] = [];
  drained = 0;
  progressed = 0;
  readonly socket: WsSessionSocket;
  private closure: string | undefined;

  private constructor(
    private readonly server: http.Server,
    /** The client's side. */
    readonly client: WebSocket,
    /** The server's side. */
    readonly peer: WebSocket,
    request: http.IncomingMessage,
  ) {
    this.socket = new WsSessionSocket(peer, request.socket, {
      progressed: () => this.progressed++,
      blocked: () => undefined,
      drained: () => this.drained++,
    });
    client.on('message', (data: Buffer, binary) => {
      this.received.push(binary ? data.toString('hex') : data.toString());
    });
    client.on('pong', (payload) => this.received.push(`pong ${payload.toString()}`));
    client.on('close', (code, reason) => (this.closure = `${code} ${reason.toString()}`));
    for (const end of [client, peer]) end.on('error', () => undefined);
  }

  static async open({ scheme, perMessageDeflate }: Transport): Promise<Link> {
    const server = scheme === 'ws' ? http.createServer() : https.createServer({ key, cert });
    const sockets = new WebSocketServer({
      server,
      // Without a threshold ws would not compress what is short.
      perMessageDeflate: perMessageDeflate && { threshold: 0 },
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = new WebSocket(`${scheme}://127.0.0.1:${port}`, { ca: cert, perMessageDeflate });
    const accepted = once(sockets, 'connection') as Promise<[WebSocket, http.IncomingMessage]>;
    const [[peer, request]] = await Promise.all([accepted, once(client, 'open')]);
    return new Link(server, client, peer, request);
  }

  write(...messages: (string | Buffer)[]): boolean {
    const frames = messages.map((message) =>
      typeof message === 'string' ? textFrame(message) : binaryFrame(message),
    );
    return this.socket.write(
      frames,
      frames.reduce((bytes, frame) => bytes + frame.length, 0),
    );
  }

  /** How the connection ended for the client. */
  async closed(): Promise<string> {
    await until(() => this.closure !== undefined);
    return String(this.closure);
  }

  /** Writes until the kernel takes no more. @returns how many messages. */
  fill(message: string): number {
    let count = 1;
    while (this.write(message)) count++;
    return count;
  }

  end(): void {
    this.client.terminate();
    this.server.close();
  }
}

describe.each(TRANSPORTS)('over %s', (_, transport) => {
  let link: Link;

  afterEach(() => {
    link.end();
  });

  it('messages of any size arrive whole and in order, between what ws itself sends', async () => {
    link = await Link.open(transport);
    const large = 'x'.repeat(70_000);
    link.client.ping('now');
    await once(link.peer, 'ping');
    const messages = ['one', '', 'é'.repeat(200), large, 'last'];
    link.write(...messages);
    link.write('alone');
    link.write(Buffer.of(1, 2, 3));
    link.write('small', 'and small');
    const expected = ['pong now', ...messages, 'alone', '010203', 'small', 'and small'];
    await until(() => link.received.length === expected.length);
    expect(link.received).toEqual(expected);
    expect(link.client.extensions !== '').toBe(transport.perMessageDeflate);
  });

  it('a full socket says so, and once when it has room again', async () => {
    link = await Link.open(transport);
    link.client.pause();
    const message = 'y'.repeat(100_000);
    const count = link.fill(message);
    expect(link.socket.queuedBytes).toBeGreaterThan(0);
    expect(link.drained).toBe(0);
    link.client.resume();
    await until(() => link.drained > 0);
    expect(link.socket.queuedBytes).toBe(0);
    expect(link.progressed).toBeGreaterThan(0);
    await until(() => link.received.length === count);
    expect(link.received.every((received) => received === message)).toBe(true);
    expect(link.drained).toBe(1);
  });

  it('a Close frame follows what was written, and the client answers it', async () => {
    link = await Link.open(transport);
    link.write('one', 'two');
    link.socket.close(4001, 'bye');
    link.write('never');
    expect(await link.closed()).toBe('4001 bye');
    expect(link.received).toEqual(['one', 'two']);
    await until(() => link.peer.readyState === WebSocket.CLOSED);
  });

  it('the Close frame of a client is answered by ws behind what was written', async () => {
    link = await Link.open(transport);
    link.client.close(4002);
    link.write('still on its way');
    expect(await link.closed()).toBe('4002 ');
    expect(link.received).toEqual(['still on its way']);
  });

  it('a client that is gone with a full socket harms nothing', async () => {
    link = await Link.open(transport);
    link.client.pause();
    link.fill('z'.repeat(100_000));
    link.client.terminate();
    await until(() => link.peer.readyState === WebSocket.CLOSED);
    expect(link.write('too late')).toBe(true);
    link.socket.close();
    link.socket.terminate();
  });

  it('the end of the connection follows what was written', async () => {
    link = await Link.open(transport);
    link.write('last words');
    link.socket.drop();
    expect(await link.closed()).toBe('1006 ');
    expect(link.received).toEqual(['last words']);
  });
});

describe('over TLS, which passes messages on when the turn is over', () => {
  let link: Link;

  beforeEach(async () => {
    link = await Link.open({ scheme: 'wss', perMessageDeflate: false });
  });
  afterEach(() => {
    link.end();
  });

  it('one small message after the other finds room, and nobody has to be told of it', async () => {
    for (const count of [1, 2, 3]) {
      expect(link.write('small')).toBe(true);
      await until(() => link.received.length === count);
    }
    expect([link.drained, link.progressed]).toEqual([0, 0]);
  });

  it.each([
    ['a large message', ['x'.repeat(100_000)]],
    ['a message behind another one of the same turn', ['one', 'two']],
  ])('%s fills the socket until it has been passed on', async (_, messages) => {
    const room = messages.map((message) => link.write(message));
    expect(room).toEqual([...messages.slice(1).map(() => true), false]);
    await until(() => link.drained === 1);
    expect(link.socket.queuedBytes).toBe(0);
    await until(() => link.received.length === messages.length);
  });
});
