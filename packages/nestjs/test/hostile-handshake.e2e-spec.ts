/** Requests that are no WebSocket handshake (RFC 6455 §4.2): refused, and nobody else notices. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RawClient } from '@sluice/testing';
import type { Server } from 'node:http';
import { HostileBench } from './support/hostile-bench.js';
import { HANDSHAKE } from './support/raw-upgrade.js';

const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
const without = (name: string): readonly string[] =>
  HANDSHAKE.filter((header) => !header.startsWith(`${name}:`));
const instead = (name: string, value: string): readonly string[] => [
  ...without(name),
  `${name}: ${value}`,
];
const request = (headers: readonly string[], line = 'GET /open HTTP/1.1'): string =>
  `${line}\r\n${headers.join('\r\n')}\r\n\r\n`;

const REQUESTS: [string, string, number][] = [
  ['without a key', request(without('Sec-WebSocket-Key')), 400],
  ['with an empty key', request(instead('Sec-WebSocket-Key', '')), 400],
  ['with a key of 15 bytes', request(instead('Sec-WebSocket-Key', 'A'.repeat(20))), 400],
  ['with a key that is no Base64', request(instead('Sec-WebSocket-Key', '!'.repeat(24))), 400],
  ['with two keys', request([...HANDSHAKE, KEY]), 400],
  ['of version 12', request(instead('Sec-WebSocket-Version', '12')), 400],
  ['without a version', request(without('Sec-WebSocket-Version')), 400],
  ['with two versions', request([...HANDSHAKE, 'Sec-WebSocket-Version: 13']), 400],
  ['that upgrades to something else', request(instead('Upgrade', 'h2c')), 400],
  ['without Upgrade', request(without('Upgrade')), 404],
  ['whose Connection does not upgrade', request(instead('Connection', 'keep-alive')), 404],
  ['by POST', request(HANDSHAKE, 'POST /open HTTP/1.1'), 405],
  ['in HTTP/1.0', request(HANDSHAKE, 'GET /open HTTP/1.0'), 400],
  ['with a broken sub-protocol', request([...HANDSHAKE, 'Sec-WebSocket-Protocol: a,,b']), 400],
  ['with a NUL in a header', request([...HANDSHAKE, 'X: \0']), 400],
  [
    'that smuggles a body',
    request([...HANDSHAKE, 'Content-Length: 5', 'Transfer-Encoding: chunked']),
    400,
  ],
  ['that is no HTTP', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03', 400],
  ['with a header of 64 KiB', request([...HANDSHAKE, `X: ${'x'.repeat(65_536)}`]), 431],
  [
    'with ten thousand headers',
    request([...HANDSHAKE, ...Array.from({ length: 10_000 }, (_, n) => `X-${n}: 1`)]),
    431,
  ],
  ['with a target of 64 KiB', request(HANDSHAKE, `GET /${'x'.repeat(65_536)} HTTP/1.1`), 431],
];

describe('a handshake', () => {
  let bench: HostileBench;

  beforeAll(async () => {
    bench = await HostileBench.start();
  });
  afterAll(() => bench.stop());

  it.each(REQUESTS)('%s is refused', async (_, bytes, status) => {
    await using client = await RawClient.open(bench.url);
    client.write(Buffer.from(bytes, 'latin1'));
    expect(await client.upgraded()).toMatchObject({ status });
    client.reset();
    await bench.alone();
  });

  it('in any case of letters, with a list of tokens in Connection, is a good one', async () => {
    await using client = await RawClient.connect(bench.url, {
      headers: { Connection: 'keep-alive, uPGRADE', Upgrade: 'WebSocket' },
    });
    client.reset();
    await bench.alone();
  });

  it('without Host is a good one, as at the nodes, which do not look at it', async () => {
    await using client = await RawClient.open(bench.url);
    client.write(Buffer.from(request(without('Host'))));
    expect(await client.upgraded()).toMatchObject({ status: 101 });
    client.reset();
    await bench.alone();
  });

  it('that comes byte by byte is a good one', async () => {
    await using client = await RawClient.open(bench.url);
    await client.drip(Buffer.from(request(HANDSHAKE)));
    expect(await client.upgraded()).toMatchObject({ status: 101 });
    client.reset();
    await bench.alone();
  });

  it.each([
    ['a reset', (client: RawClient) => client.reset()],
    ['a FIN', (client: RawClient) => client.finish()],
  ])('of which half has come before %s costs nothing', async (_, end) => {
    for (let count = 0; count < 50; count++) {
      const client = await RawClient.open(bench.url);
      client.write(Buffer.from(request(HANDSHAKE).slice(0, 60)));
      end(client);
    }
    await bench.alone();
  });

  it('that never ends is no connection yet, and its time is limited', async () => {
    const clients = await Promise.all(Array.from({ length: 50 }, () => RawClient.open(bench.url)));
    for (const client of clients) client.write(Buffer.from(request(HANDSHAKE).slice(0, -2)));
    await bench.alone();
    const { headersTimeout, requestTimeout } = bench.application.app.getHttpServer() as Server;
    expect(headersTimeout).toBeGreaterThan(0);
    expect(headersTimeout).toBeLessThanOrEqual(60_000);
    expect(requestTimeout).toBeGreaterThan(0);
    for (const client of clients) client.reset();
  });

  it('that never ends, on a port of a gateway, is answered with 408 after its handshakeMs', async () => {
    await using client = await RawClient.open(bench.ownUrl);
    client.write(Buffer.from(request(HANDSHAKE).slice(0, -2)));
    expect(await client.upgraded()).toMatchObject({ status: 408 });
    expect(await client.ended()).toBe('fin');
    await bench.alone();
  });
});
