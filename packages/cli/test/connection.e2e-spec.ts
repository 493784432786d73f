import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliRun } from './support/cli-run.js';
import { ScriptedServer, ScriptedServers } from './support/scripted-server.js';

const BLOCK = '{"type":"new_block","block":{"number":1,"hash":"0x01"}}';

describe('connecting', () => {
  const servers = new ScriptedServers();
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-cli-'));
  });
  afterEach(async () => {
    await servers.stopAll();
    await rm(folder, { recursive: true });
  });

  const tap = (url: string, ...args: readonly string[]) =>
    CliRun.of(['tap', url, '--dialect', 'basalt', '--count', '1', ...args]);

  it('fails with one line if nobody listens', async () => {
    const server = await ScriptedServer.start(() => undefined);
    await server.stop();
    expect(await tap(server.url)).toEqual({
      code: 1,
      stdout: '',
      stderr: `sluice tap: cannot connect to ${server.url}/ws/blocks: nobody listens there (ECONNREFUSED)\n`,
    });
  });

  it('keeps trying with --wait, with pauses that grow', async () => {
    const clock = new ManualClock();
    const gone = await ScriptedServer.start(() => undefined);
    await gone.stop();
    const args = ['tap', gone.url, '--dialect', 'basalt', '--wait', '--count', '1'];
    const run = new CliRun(args, { clock });
    await run.told('next attempt in');
    clock.advance(1000);
    await run.stderr.until((text) => text.split('next attempt in').length === 3, run.ended);
    await servers.start(
      (socket) => {
        socket.send(BLOCK);
      },
      { port: gone.port },
    );
    clock.advance(2000);
    expect(await run.ended).toBe(0);
  });

  it('shows what a server says that does not upgrade', async () => {
    const refusing = await ScriptedServer.refusing((_, response) => {
      response.writeHead(403).end('go\u001b[31m away\n');
    });
    servers.add(refusing);
    const { code, stderr } = await tap(refusing.url);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `sluice tap: ${refusing.url}/ws/blocks is not a WebSocket: the server answers 403 Forbidden: go\\u001b[31m away\n`,
    );
  });

  it('speaks TLS, and accepts an unknown certificate only with --insecure', async () => {
    const server = await servers.start(
      (socket) => {
        socket.send(BLOCK);
      },
      { tls: true },
    );
    const { code, stderr } = await tap(server.url);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT); --ca FILE says whom to trust, --insecure accepts it',
    );
    expect((await tap(server.url, '--insecure')).code).toBe(0);
    expect((await tap(server.url.replace('wss', 'https'), '--insecure')).code).toBe(0);
  });

  it('tells if the port speaks no TLS', async () => {
    const server = await servers.start(() => undefined);
    const { stderr } = await tap(server.url.replace('ws:', 'wss:'));
    expect(stderr).toContain('the port does not speak TLS; try ws://');
  });

  it('sends headers, from a file too', async () => {
    await writeFile(join(folder, 'headers'), 'Authorization: Bearer of news\r\n\r\nX-One: 1\n');
    const server = await servers.start((socket, _, { headers }) => {
      const { authorization, 'x-one': one, 'x-two': two } = headers;
      socket.send(JSON.stringify([authorization, one, two]));
    });
    const headers = ['--header', `@${join(folder, 'headers')}`, '--header', 'X-Two:  a: b '];
    expect((await tap(server.url, '--json', ...headers)).stdout).toBe(
      '["Bearer of news","1","a: b"]\n',
    );
  });

  it('ends with the connection where it must not reconnect', async () => {
    const server = await servers.start((socket) => {
      socket.close(1001, 'bye');
    });
    const { code, stderr } = await tap(server.url, '--no-reconnect');
    expect([code, stderr.includes('# the connection ended (1001 bye)')]).toEqual([1, true]);
  });

  it('gives up a server that never answers', async () => {
    const silent = await ScriptedServer.refusing(() => undefined);
    servers.add(silent);
    const { code, stderr } = await tap(silent.url, '--timeout', '50ms');
    expect([code, stderr]).toEqual([1, expect.stringContaining('handshake has timed out')]);
  });
});

describe('what is printed', () => {
  const servers = new ScriptedServers();
  afterEach(() => servers.stopAll());

  const NODE_TEXT =
    '{\n    "topic": "telemetry",\n    "time": "1",\n    "message": {\n        "n": 12345678901234567890\n    }\n}\n';

  const tap = async (text: string | Buffer, args: readonly string[], options = {}) => {
    const server = await servers.start((socket) => {
      socket.send(text);
    });
    return CliRun.of(['tap', server.url, '--dialect', 'nano', '--count', '1', ...args], options);
  };

  it('is one line of JSON for a message of many lines, with every digit', async () => {
    expect((await tap(NODE_TEXT, ['--json'])).stdout).toBe(
      '{"topic": "telemetry","time": "1","message": {"n": 12345678901234567890}}\n',
    );
  });

  it('is a JSON string for a message that is no JSON, and base64 for bytes', async () => {
    expect((await tap('no\nJSON', ['--json'])).stdout).toBe('"no\\nJSON"\n');
    expect((await tap(Buffer.of(0, 255), ['--json'])).stdout).toBe('{"base64":"AP8="}\n');
  });

  it('cannot drive the terminal', async () => {
    const { stdout } = await tap('{"topic":"\u202ewo\\u001b[2Jrk","message":"\\u0007"}', []);
    expect(stdout).toMatch(/ {2}\\u202ewo\\u001b\[2Jrk {2}\\u0007\n$/);
  });

  it('has colours on a terminal, unless NO_COLOR is set', async () => {
    expect((await tap(NODE_TEXT, [], { isTTY: true })).stdout).toContain(
      '\u001b[36mtelemetry\u001b[0m',
    );
    const plain = await tap(NODE_TEXT, [], { isTTY: true, env: { NO_COLOR: '1' } });
    expect(plain.stdout + plain.stderr).not.toContain('\u001b');
    expect((await tap(NODE_TEXT, [])).stdout).not.toContain('\u001b');
  });
});
