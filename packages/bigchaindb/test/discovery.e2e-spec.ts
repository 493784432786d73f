/** The documents by which clients find the stream (contract 3). */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { WsserverSettings } from '../src/index.js';
import { vector } from './support/blocks.js';
import { TestNode, type TestNodeOptions } from './support/test-node.js';

interface DiscoveryCase {
  readonly config: Partial<WsserverSettings>;
  readonly request: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown>;
  readonly body_text?: string;
}

let node: TestNode | undefined;

afterEach(async () => {
  await node?.stop();
  node = undefined;
});

async function get(path: string, options: TestNodeOptions, headers = {}): Promise<Response> {
  node ??= await TestNode.start(options);
  return fetch(node.http + path, { headers, redirect: 'manual' });
}

describe.each(['express', 'fastify'] as const)('The discovery documents (%s)', (platform) => {
  const { cases } = vector<{ cases: readonly DiscoveryCase[] }>('discovery');

  it.each(cases)(
    '$request with $config is as recorded',
    async ({ config, request, ...expected }) => {
      const answer = await get(request.replace('GET ', ''), { platform, wsserver: config });
      expect(answer.status).toBe(expected.status);
      for (const [name, value] of Object.entries(expected.headers)) {
        expect(answer.headers.get(name)).toBe(value);
      }
      const text = await answer.text();
      expect(JSON.parse(text)).toEqual(expected.body);
      if (expected.body_text !== undefined) expect(text).toBe(expected.body_text);
    },
  );

  it('bigchaindb §15.1 GET / names the stream', async () => {
    const body = (await (await get('/', { platform })).json()) as { api: { v1: object } };
    expect(body.api.v1).toMatchObject({
      streams: 'ws://localhost:9985/api/v1/streams/valid_transactions',
    });
  });

  it('bigchaindb §15.2 GET /api/v1/ has paths without the prefix and the same stream', async () => {
    const body = await (await get('/api/v1/', { platform })).json();
    expect(body).toMatchObject({
      assets: '/assets/',
      validators: '/validators',
      streams: 'ws://localhost:9985/api/v1/streams/valid_transactions',
    });
  });

  it('bigchaindb §15.3 GET /api/v1 is the same body, not a redirect', async () => {
    const plain = await get('/api/v1', { platform });
    expect(plain.status).toBe(200);
    expect(await plain.text()).toBe(await (await get('/api/v1/', { platform })).text());
  });

  it('bigchaindb §15.4 advertises what it is told, port included', async () => {
    const wsserver = {
      advertised_scheme: 'wss',
      advertised_host: 'mybigchaindb.com',
      advertised_port: 443,
    };
    const body = (await (await get('/', { platform, wsserver })).json()) as {
      api: { v1: { streams: string } };
    };
    expect(body.api.v1.streams).toMatch(/^wss:\/\/mybigchaindb\.com:443\//);
  });

  it('bigchaindb §3 is JSON without a charset, of a known length, also for HEAD', async () => {
    const answers = [await get('/api/v1/', { platform })];
    if (node) answers.push(await fetch(`${node.http}/api/v1/`, { method: 'HEAD' }));
    const [text = ''] = await Promise.all(answers.map((answer) => answer.text()));
    for (const { headers } of answers) {
      expect(headers.get('content-type')).toBe('application/json');
      expect(headers.get('content-length')).toBe(String(text.length));
    }
  });

  it('echoes the origin of a browser', async () => {
    const answer = await get('/', { platform }, { Origin: 'https://app.example' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example');
  });

  it('can advertise the port that was bound, and the block stream', async () => {
    const options = {
      platform,
      wsserver: { advertised_host: '127.0.0.1', advertised_port: 'bound' as const },
      blockStream: true,
    };
    const body = await (await get('/api/v1/', options)).json();
    expect(body).toMatchObject({
      streams: node?.url(),
      streamedblocks: node?.url('/api/v1/streams/valid_blocks', 'BlockStreamGateway'),
    });
  });

  it('can be left to the node', async () => {
    expect((await get('/api/v1', { platform, discovery: false })).status).toBe(404);
  });
});
