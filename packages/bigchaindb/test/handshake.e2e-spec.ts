/** Requests on the stream port (contract 4). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RawClient, TestClient } from '@sluice/testing';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { vector } from './support/blocks.js';
import { STREAM_PATH, TestNode } from './support/test-node.js';

interface HandshakeCase {
  readonly name: string;
  readonly request: string;
  readonly response: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly absent_headers?: readonly string[];
    readonly body?: string;
  };
}

let node: TestNode;

beforeAll(async () => {
  node = await TestNode.start();
});

afterAll(() => node.stop());

const { cases } = vector<{ cases: readonly HandshakeCase[] }>('handshake');

describe('The stream port', () => {
  it.each(cases)('answers "$name" as recorded', async ({ request, response }) => {
    await using client = await RawClient.open(node.url());
    client.write(Buffer.from(request));
    const { status, headers } = await client.upgraded();
    expect(status).toBe(response.status);
    if (status !== 101) return;
    const { 'Sec-WebSocket-Accept': accept } = response.headers ?? {};
    expect(headers).toMatchObject({ upgrade: 'websocket', 'sec-websocket-accept': accept });
    for (const name of response.absent_headers ?? []) {
      expect(headers).not.toHaveProperty(name.toLowerCase());
    }
  });

  it.each(cases.filter(({ response }) => response.body !== undefined))(
    'says why it refuses "$name", word for word',
    async ({ request, response }) => {
      const socket = connect(Number(new URL(node.url()).port), '127.0.0.1');
      socket.write(request.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
      const [, body] = (await text(socket)).split('\r\n\r\n');
      expect(body).toBe(response.body);
    },
  );

  it('bigchaindb §15.6 upgrades without a message', async () => {
    const client = await node.connect();
    await client.expectSilence();
    expect(client.received).toBe(0);
  });

  it.each([
    '/',
    '/api/v1/streams',
    '/api/v1/streams/valid_transactions/',
    '/api/v1/streams/VALID_TRANSACTIONS',
    '/api/v1/streams/valid_blocks',
    '/api/v1/streams/valid_tx',
  ])('bigchaindb §15.7 answers an upgrade on %s with 404', async (path) => {
    expect((await TestClient.refused(node.url(path))).status).toBe(404);
  });

  it.each([
    [
      'bigchaindb §15.8 a plain GET',
      'GET',
      STREAM_PATH,
      400,
      /^No WebSocket UPGRADE hdr: None\n Can/,
    ],
    ['a plain GET with a query', 'GET', `${STREAM_PATH}?a=1`, 400, /^No WebSocket/],
    ['another method', 'POST', STREAM_PATH, 405, /^405: Method Not Allowed$/],
    ['another path', 'GET', '/api/v1/', 404, /^404: Not Found$/],
  ])('%s is refused', async (_, method, path, status, body) => {
    const answer = await fetch(`http://${node.host()}${path}`, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('allow')).toBe(status === 405 ? 'GET,HEAD' : null);
    expect(await answer.text()).toMatch(body);
  });
});
