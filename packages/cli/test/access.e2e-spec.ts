/** Servers that want to know who asks: every command that connects can tell them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BasaltBlocks, BasaltModule } from '@sluice/basalt';
import { fileURLToPath } from 'node:url';
import { CliRun } from './support/cli-run.js';
import { ScriptedServer } from './support/scripted-server.js';
import { TestNode } from './support/test-node.js';
import { toyBlock } from './support/toy-block.js';
import { readFileSync } from 'node:fs';

const file = (name: string): string =>
  fileURLToPath(new URL(`../../nestjs/test/vectors/tls/${name}.pem`, import.meta.url));
const pem = (name: string): Buffer => readFileSync(file(name));

const TRUST = ['--ca', file('authority.cert')];
const SHOW = ['--cert', file('client.cert'), '--key', file('client.key')];

describe('a server with mutual TLS', () => {
  let node: TestNode;
  let url: string;

  beforeAll(async () => {
    const tls = {
      key: pem('server.key'),
      cert: pem('server.cert'),
      ca: pem('authority.cert'),
      requestCert: true,
    };
    node = await TestNode.start(
      BasaltModule.forRoot({ port: 'free', address: '127.0.0.1', compat: 'node', tls }),
    );
    await node.get(BasaltBlocks).announce(toyBlock(6));
    url = `wss://${await node.host()}/ws/blocks`;
  });
  afterAll(() => node.stop());

  const tap = (...args: readonly string[]) =>
    CliRun.of(['tap', url, '--count', '1', '--timeout', '5s', '--no-reconnect', ...args]);
  const conform = (...args: readonly string[]) =>
    CliRun.of([
      'conform',
      url,
      '--dialect',
      'basalt',
      '--compat',
      'node',
      '--wait',
      '10ms',
      ...args,
    ]);

  it('is tapped with --ca, --cert and --key', async () => {
    expect(await tap(...TRUST, ...SHOW)).toMatchObject({ code: 0 });
    expect(await tap('--insecure', ...SHOW)).toMatchObject({ code: 0 });
    expect(await tap(...TRUST)).toMatchObject({ code: 1 });
    const stranger = ['--ca', file('stranger.cert'), ...SHOW];
    expect((await tap(...stranger)).stderr).toContain('--ca FILE says whom to trust');
  });

  it('is judged with them, too', async () => {
    const { code, stdout, stderr } = await conform(...TRUST, ...SHOW, '--quiet');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\d+ passed, 0 failed/);
    expect(await conform(...TRUST)).toMatchObject({ code: 2 });
    expect(await conform(...SHOW)).toMatchObject({ code: 2 });
  });

  it.each<[string, readonly string[], string]>([
    ['a certificate without its key', ['--cert', file('client.cert')], 'belong together'],
    ['a key of another', [...SHOW.slice(0, 3), file('server.key')], 'of no use'],
    ['a file that is not there', ['--ca', file('nobody')], '--ca: ENOENT'],
    [
      'a file that is no PEM',
      ['--ca', fileURLToPath(new URL('../README.md', import.meta.url))],
      'is no PEM file',
    ],
    ['both ways of trust', ['--insecure', ...TRUST], 'exclude each other'],
  ])('is not asked with %s; exit code 2', async (_, args, words) => {
    for (const run of [await tap(...args), await conform(...args)]) {
      expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
    }
  });
});

it('conform sends --header with every request', async () => {
  const asked: (string | undefined)[] = [];
  const server = await ScriptedServer.start((socket, _, { headers }) => {
    asked.push(headers.authorization);
    socket.send(JSON.stringify({ type: 'current_block', block: {} }));
  });
  const url = `${server.url}/ws/blocks`;
  const args = [
    '--compat',
    'node',
    '--dialect',
    'basalt',
    '--wait',
    '10ms',
    '--timeout',
    '200ms',
    '--only',
    '§14.1',
  ];
  const run = await CliRun.of([
    'conform',
    url,
    ...args,
    '--header',
    'Authorization: Bearer x',
    '--json',
  ]);
  await server.stop();
  expect(asked.length).toBeGreaterThan(1);
  expect(new Set(asked)).toEqual(new Set(['Bearer x']));
  expect(run.stdout).not.toContain('Bearer');
});
