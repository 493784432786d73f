/** What requests get (contract 3). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { TestClient } from '@sluice/testing';
import { once } from 'node:events';
import { connect } from 'node:net';
import { BasaltApps, type BasaltApp } from './support/basalt-app.js';
import { toyBlock } from './support/toy-blocks.js';
import { vector } from './support/vectors.js';

interface HandshakeVector {
  readonly cases: readonly {
    readonly name: string;
    readonly request: string;
    readonly response: {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly absent_headers?: readonly string[];
      readonly body?: string;
    };
  }[];
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const apps = new BasaltApps();
afterEach(() => apps.stopAll());

const { cases } = vector<HandshakeVector>('handshake');
const isBudget = ({ name }: { name: string }): boolean => name.includes('budget');

/** Sends a request as it stands and reads the whole head, and the body by its length. */
async function send(app: BasaltApp, request: string): Promise<Answer> {
  const socket = connect(app.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(request.replace('localhost:5000', `127.0.0.1:${String(app.port)}`));
  let text = '';
  for await (const chunk of socket) {
    text += String(chunk);
    const [head = '', body] = text.split('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (body !== undefined && (body.length >= length || head.includes(' 101 '))) break;
  }
  socket.destroy();
  return parse(text);
}

function parse(text: string): Answer {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const headers = fields.map((field) => {
    const [name = '', ...value] = field.split(': ');
    return [name.toLowerCase(), value.join(': ')] as const;
  });
  const isChunked = /^[0-9a-f]+\r\n/.test(body) && !head.toLowerCase().includes('content-length');
  const content = isChunked ? body.split('\r\n')[1] : body;
  return {
    status: Number(line.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: content ?? '',
  };
}

const upgrade = (path: string, ...fields: readonly string[]): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: localhost:5000',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...fields,
    '',
    '',
  ].join('\r\n');

describe('a request to the stream', () => {
  it.each(cases.filter((each) => !isBudget(each)))(
    'basalt §14.8 §14.9 §14.10 as recorded: $name',
    async ({ request, response }) => {
      const app = await apps.start();
      const answer = await send(app, request);
      expect(answer.status).toBe(response.status);
      for (const [name, value] of Object.entries(response.headers ?? {})) {
        expect(answer.headers[name.toLowerCase()]?.toLowerCase()).toBe(value.toLowerCase());
      }
      for (const name of response.absent_headers ?? []) {
        expect(answer.headers).not.toHaveProperty(name.toLowerCase());
      }
      if (response.body !== undefined) expect(answer.body).toBe(response.body);
    },
  );

  it.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
    'basalt §14.8 gets 400 with %s too',
    async (method) => {
      const app = await apps.start();
      const answer = await fetch(`${app.http}/WS/blocks/?a=b`, { method });
      expect([answer.status, await answer.text()]).toEqual([400, 'WebSocket connection required.']);
    },
  );

  it.each([
    ['another version', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Version: 8'],
    ['no key', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n', ''],
    ['a key of other length', 'dGhlIHNhbXBsZSBub25jZQ==', 'dGVzdA=='],
    ['another protocol', 'Upgrade: websocket', 'Upgrade: h2c'],
    ['another method', 'GET /', 'POST /'],
    ['HTTP before 1.1', ' HTTP/1.1', ' HTTP/1.0'],
  ])('gets 400 as an upgrade with %s', async (_, part, instead) => {
    const app = await apps.start();
    const { status, body } = await send(app, upgrade('/ws/blocks').replace(part, instead));
    expect([status, body]).toEqual([400, 'WebSocket connection required.']);
  });

  it.each(['/ws/', '/ws/blocks/1', '/ws/blocks//', '/ws/blocks2', '/WS/transactions'])(
    'gets an empty 404 at %s, as an upgrade and without',
    async (path) => {
      const app = await apps.start();
      const plain = await fetch(app.http + path);
      expect([plain.status, await plain.text()]).toEqual([404, '']);
      const { status, body } = await send(app, upgrade(path));
      expect([status, body]).toEqual([404, '']);
    },
  );
});

describe('the request budget', () => {
  it('is off by default', async () => {
    const app = await apps.start();
    for (let count = 0; count < 120; count++) {
      expect((await fetch(`${app.http}/ws/blocks`)).status).toBe(400);
    }
  });

  it('answers an empty 429 beyond 100 requests in a minute, upgrades included', async () => {
    const app = await apps.start({ basalt: { requestBudget: true } });
    for (let count = 0; count < 98; count++) await fetch(`${app.http}/v1/sync/status`);
    const client = await app.connect();
    await app.connect();
    const refused = await TestClient.refused(app.url);
    expect([refused.status, refused.body]).toEqual([429, '']);
    const plain = await fetch(`${app.http}/ws/blocks`);
    expect([plain.status, await plain.text()]).toEqual([429, '']);
    const recorded = cases.find(isBudget);
    const { status, body } = await send(app, recorded?.request ?? '');
    expect({ status, body }).toEqual(recorded?.response);
    await app.announce(toyBlock(1));
    expect(await client.nextJson()).toMatchObject({ type: 'new_block' });
    app.clock.advance(60_000);
    expect((await fetch(`${app.http}/ws/blocks`)).status).toBe(400);
    await app.connect();
  });

  it.each([
    ['an upgrade to another path', upgrade('/ws/transactions'), 404],
    ['a broken upgrade', upgrade('/ws/blocks').replace('dGhlIHNhbXBsZSBub25jZQ==', 'x'), 400],
    ['a page of the application', 'GET /v1/blocks/latest HTTP/1.1\r\nHost: a\r\n\r\n', 404],
  ])('counts %s', async (_, request, status) => {
    const app = await apps.start({ basalt: { requestBudget: 1 } });
    expect((await send(app, request)).status).toBe(status);
    expect((await send(app, request)).status).toBe(429);
    expect((await send(app, upgrade('/ws/blocks'))).status).toBe(429);
  });

  it('counts each client address by itself', async () => {
    const app = await apps.start({
      basalt: { requestBudget: 2 },
      sluice: { trustedProxies: ['loopback'] },
    });
    const ask = async (client: string): Promise<number> =>
      (await fetch(`${app.http}/ws/blocks`, { headers: { 'x-forwarded-for': client } })).status;
    const answers = [];
    for (let count = 0; count < 3; count++) {
      answers.push(await ask('192.0.2.1'), await ask('192.0.2.2'));
    }
    expect(answers).toEqual([400, 400, 400, 400, 429, 429]);
  });
});

describe('CORS', () => {
  const explorer = 'https://explorer.basalt.network';

  async function allowed(app: BasaltApp, origin: string): Promise<string | null> {
    const { headers } = await fetch(`${app.http}/v1/sync/status`, { headers: { origin } });
    return headers.get('access-control-allow-origin');
  }

  it('lets the explorer read, and nobody else', async () => {
    const app = await apps.start();
    expect(await allowed(app, explorer)).toBe(explorer);
    expect(await allowed(app, 'https://evil.example')).toBeNull();
  });

  it('lets everybody read with debug, and in RPC mode', async () => {
    const debug = await apps.start({ basalt: { debug: true } });
    expect(await allowed(debug, 'https://evil.example')).toBe('*');
    const rpc = await apps.start({ basalt: { mode: 'rpc', syncSource: debug.http } });
    expect(await allowed(rpc, 'https://evil.example')).toBe('*');
  });

  it('answers what browsers ask before', async () => {
    const app = await apps.start();
    const answer = await fetch(`${app.http}/v1/sync/status`, {
      method: 'OPTIONS',
      headers: { origin: explorer, 'access-control-request-method': 'GET' },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET,POST');
    const stranger = await fetch(`${app.http}/v1/sync/status`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'GET' },
    });
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
  });
});
