/** Who gets in, and what others are told (contract 2 and 3). */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, createServer, type AddressInfo } from 'node:net';
import { RawClient, TestClient } from '@sluice/testing';
import { BeaconApp } from './support/beacon-app.js';
import { answerHead, rawAnswer } from './support/raw-http.js';
import { golden, vector } from './support/vectors.js';

interface HandshakeCase {
  readonly name: string;
  readonly request: string;
  readonly response: {
    readonly status: number | null;
    readonly headers?: Readonly<Record<string, string>>;
    readonly absent_headers?: readonly string[];
    readonly body?: string;
  };
}

const { cases } = vector<{ cases: readonly HandshakeCase[] }>('handshake');
const accepted = cases.filter(({ response }) => response.status === 101);
const withoutKey = cases.find(({ name }) => name === 'no websocket key');

describe('the handshake', () => {
  let beacon: BeaconApp;

  beforeAll(async () => {
    beacon = await BeaconApp.start();
  });
  afterEach(() => beacon.clients.closeAll());
  afterAll(() => beacon.stop());

  it.each(accepted.map((example) => [example.name, example] as const))(
    'lighthouse §16.7 §16.8 §16.9 vector: %s',
    async (_, { request, response }) => {
      const [status, ...lines] = (await answerHead(beacon.port, request)).trim().split('\r\n');
      expect(status).toBe('HTTP/1.1 101 Switching Protocols');
      const headers = new Map(lines.map((line) => line.split(': ') as [string, string]));
      for (const [name, value] of Object.entries(response.headers ?? {})) {
        expect(headers.get(name)).toBe(value);
      }
      for (const name of response.absent_headers ?? []) expect(headers.has(name)).toBe(false);
    },
  );

  it.each([
    ['no key in a plain request', withoutKey?.request ?? ''],
    [
      'no key in an upgrade',
      'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n',
    ],
    ['a POST with a body', 'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}'],
    ['HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n'],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
  ])(
    'lighthouse §16.10 %s: 400 in the node’s words, nothing else, and the end',
    async (_, request) => {
      expect(await rawAnswer(beacon.port, request)).toBe(
        `HTTP/1.1 400 Bad Request\r\n\r\n${withoutKey?.response.body ?? ''}`,
      );
    },
  );

  it('lighthouse §3 bytes that are not HTTP are refused, and the connection ends', async () => {
    expect(await rawAnswer(beacon.port, 'hello\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  });

  it('lighthouse §16.9 frames are not compressed for a client that offers it', async () => {
    const client = await beacon.clients.connect(beacon.url, { perMessageDeflate: true });
    const frame = golden('event-beacon_block_imported').plain;
    await beacon.publish(frame);
    expect(await client.next()).toBe(frame);
  });

  it.each(['/', '/some/path?x=1', '//', '/%', '/a/../b#c', '*'])(
    'lighthouse §16.7 the target %s is not looked at',
    async (target) => {
      const request = [
        `GET ${target} HTTP/1.1`,
        'Host: [not a host',
        'Connection: keep-alive, Upgrade',
        'Upgrade: WebSocket',
        'Cookie: a=b',
        'Authorization: Basic xyz',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ];
      const head = await answerHead(beacon.port, `${request.join('\r\n')}\r\n\r\n`);
      expect(head).toMatch(/^HTTP\/1.1 101 .*\r\n[^]*Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n/);
    },
  );

  it('lighthouse §16.11 a fresh connection is sent nothing', async () => {
    await beacon.publish(golden('event-beacon_head_changed').plain);
    const client = await beacon.connect();
    await client.expectSilence();
  });

  it('lighthouse §3 an event during the handshake is not lost half way', async () => {
    await using client = await RawClient.open(beacon.url);
    const others = await beacon.connect();
    const frame = golden('event-beacon_finalization').plain;
    await beacon.publish(frame);
    expect(await others.next()).toBe(frame);
    expect(client.bytesRead).toBe(0);
  });
});

describe('the address', () => {
  let beacon: BeaconApp | undefined;

  afterEach(async () => {
    await beacon?.stop();
    beacon = undefined;
  });

  it('lighthouse §16.1 is 127.0.0.1:5053 unless told otherwise', async () => {
    const { lighthouseSettings } = await import('../src/lighthouse.settings.js');
    expect(lighthouseSettings({})).toMatchObject({ address: '127.0.0.1', port: 5053 });
  });

  it.each([0, 'free'] as const)(
    'lighthouse §16.3 port %p is a free one, on 127.0.0.1',
    async (port) => {
      beacon = await BeaconApp.start({ port });
      expect(beacon.port).toBeGreaterThan(0);
      await (await beacon.connect()).close();
    },
  );

  it('lighthouse §16.2 without the socket nobody listens', async () => {
    beacon = await BeaconApp.start();
    const { port } = beacon;
    await beacon.stop();
    beacon = await BeaconApp.start({ enabled: false, port });
    const refused = new Promise((resolve) => {
      connect(port, '127.0.0.1').on('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code);
      });
    });
    expect(await refused).toBe('ECONNREFUSED');
    await beacon.publish(golden('event-beacon_finalization').plain);
  });

  it.each(['localhost', '::1', '127.0.0', '127.0.0.01', '300.0.0.1', ''])(
    'lighthouse §16.4 the address %p is refused at the start',
    async (address) => {
      await expect(BeaconApp.start({ address })).rejects.toThrow(
        'ws-address is not a valid IPv4 address.',
      );
    },
  );

  it.each([70_000, -1, 1.5, NaN])(
    'lighthouse §16.5 the port %p is refused at the start',
    async (port) => {
      await expect(BeaconApp.start({ port })).rejects.toThrow('ws-port is not a valid u16.');
    },
  );

  it('lighthouse §16.6 a port in use fails the start', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(BeaconApp.start({ port })).rejects.toThrow('EADDRINUSE');
    await new Promise((resolve) => other.close(resolve));
  });

  it('another address of the machine can be named', async () => {
    beacon = await BeaconApp.start({ address: '127.0.0.2' });
    const client = await TestClient.connect(`ws://127.0.0.2:${String(beacon.port)}`);
    await client.close();
  });
});
