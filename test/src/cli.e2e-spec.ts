/** `sluice` as a built program, against the built sample: every command, every dialect. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SamplePool } from './support/sample-pool.js';
import type { SampleProcess } from './support/sample-process.js';
import { SluicePool } from './support/sluice-process.js';

type Urls = Readonly<Record<string, string>>;

interface Endpoint {
  readonly dialect: string;
  readonly url: (sample: SampleProcess) => string;
  /** What makes the chain say something, and what is waited for before. */
  readonly control: readonly [dialect: string, action: string, body?: object];
  readonly ready: RegExp;
  /** Type of a message that must come. */
  readonly type: string;
}

const urlsOf = (sample: SampleProcess, dialect: string): Urls => sample.printed[dialect] as Urls;
const socket =
  (dialect: string, name = 'ws') =>
  (sample: SampleProcess) =>
    urlsOf(sample, dialect)[name] ?? '';

const ENDPOINTS: readonly Endpoint[] = [
  {
    dialect: 'hathor',
    url: socket('hathor'),
    control: ['hathor', 'mine'],
    ready: /capabilities/,
    type: 'network:new_tx_accepted',
  },
  {
    dialect: 'hathor-events',
    url: socket('hathor', 'event_ws'),
    control: ['hathor', 'mine'],
    ready: /LOAD_FINISHED/,
    type: 'NEW_VERTEX_ACCEPTED',
  },
  {
    dialect: 'hathor-mining',
    url: socket('hathor', 'mining_ws'),
    control: ['hathor', 'mine'],
    ready: /mining\.notify/,
    type: 'mining.notify',
  },
  {
    dialect: 'nano',
    url: socket('nano'),
    control: ['nano', 'send'],
    ready: /subscribe/,
    type: 'confirmation',
  },
  {
    dialect: 'lighthouse',
    url: socket('lighthouse'),
    control: ['lighthouse', 'slot'],
    ready: /^/,
    type: 'beacon_head_changed',
  },
  {
    dialect: 'bigchaindb',
    url: socket('bigchaindb'),
    control: ['bigchaindb', 'block', { create: 2 }],
    ready: /^/,
    type: 'transaction',
  },
  {
    dialect: 'basalt',
    url: socket('basalt'),
    control: ['basalt', 'mine'],
    ready: /^/,
    type: 'new_block',
  },
];

describe('the command line', () => {
  const samples = new SamplePool();
  const sluice = new SluicePool();
  let sample: SampleProcess;

  beforeAll(async () => {
    sample = await samples.start(['--log', 'memory']);
  });
  afterEach(() => sluice.endAll());
  afterAll(() => samples.endAll());

  const act = async ([dialect, action, body = {}]: Endpoint['control']): Promise<void> => {
    const response = await fetch(`${urlsOf(sample, dialect).control ?? ''}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${action}: ${await response.text()}`);
  };

  it.each(ENDPOINTS)('taps $dialect', async ({ dialect, url, control, ready, type }) => {
    const tap = sluice.start('tap', url(sample), '--dialect', dialect, '--strict');
    await tap.told(/# connected/);
    await tap.printed(ready);
    await act(control);
    await tap.printed(new RegExp(`^\\S+ {2}${type} +\\S`, 'm'));
    tap.child.kill('SIGINT');
    const { code, stderr } = await tap.ended;
    expect([code, stderr]).toEqual([
      130,
      expect.not.stringMatching(/\d missing|\d duplicate|complain/),
    ]);
    expect(stderr).toMatch(/# \d+ messages in /);
  });

  it.each(ENDPOINTS)('loads $dialect', async ({ dialect, url, control }) => {
    const args = ['load', url(sample), '--dialect', dialect, '--clients', '50', '--for', '1s'];
    const load = sluice.start(...args, '--ping', '100ms', '--json');
    for (let at = 0; at < 5; at++) await act(control);
    const { code, stdout } = await load.ended;
    expect(JSON.parse(stdout)).toMatchObject({
      dialect,
      clients: { asked: 50, connected: 50, refused: 0, lost: 0 },
      findings: { gap: 0, duplicate: 0, disorder: 0 },
      compared: { gap: 0, disorder: 0 },
      complaints: 0,
      notes: [],
    });
    expect(code).toBe(0);
  });

  it('records a conversation that can be replayed to the sample, and in its place', async () => {
    const file = join(samples.folder(), 'events.jsonl');
    const url = sample.urls.event_ws;
    expect((await sluice.run('record', url, file, '--window', '2', '--count', '5')).code).toBe(0);
    expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(9);

    const ignored = ['--ignore', 'latest_event_id'];
    expect(await sluice.run('replay', file, url, ...ignored)).toMatchObject({
      code: 0,
      stderr: '# 5 messages received, as recorded\n',
    });

    const server = sluice.start('replay', file, '--serve', '0', '--count', '1');
    await server.told(/any path/);
    const place = /ws:\S+:\d+/.exec(server.stderr)?.[0] ?? '';
    const args = ['--dialect', 'hathor-events', '--window', '2', '--count', '5', '--json'];
    const { code, stdout } = await sluice.run('tap', place, ...args);
    expect([code, stdout.trimEnd().split('\n').length]).toEqual([0, 5]);
    expect((await server.ended).code).toBe(0);
  });

  it('prints what the server wrote with --json, one message a line', async () => {
    const args = ['--json', '--count', '4', '--type', 'NEW_VERTEX_ACCEPTED,LOAD_STARTED'];
    const { stdout } = await sluice.run('tap', sample.urls.event_ws, ...args);
    const ids = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: { id: number } }).event.id);
    expect(ids).toEqual([0, 1, 2, 3]);
  });

  it('ends quietly when nobody reads on', async () => {
    const tap = sluice.start('tap', sample.urls.mining_ws ?? '');
    await tap.printed(/mining\.notify/);
    tap.child.stdout.destroy();
    for (let at = 0; at < 5; at++) await act(['hathor', 'mine']);
    const { code, stderr } = await tap.ended;
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('EPIPE')]);
  });

  it('ends a recording of standard input on Ctrl-C and SIGTERM', async () => {
    for (const [signal, exitCode] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const args = ['record', sample.urls.ws ?? '', '-', '--raw', '--stdin'];
      const record = sluice.start(...args);
      record.child.stdin.write('{"type":"ping"}\n');
      await record.printed(/pong/);
      record.child.kill(signal);
      expect((await record.ended).code).toBe(exitCode);
    }
  });

  it('shows help and version, and refuses what it does not understand', async () => {
    expect(await sluice.run('--version')).toMatchObject({ code: 0, stdout: '0.1.0\n' });
    expect(await sluice.run('help', 'tap')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Usage: sluice tap URL/) as unknown,
    });
    expect(await sluice.run()).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^Usage: sluice COMMAND/) as unknown,
    });
    expect(await sluice.run('dance')).toMatchObject({
      code: 2,
      stderr: "sluice: there is no command 'dance'.\nTry 'sluice --help'.\n",
    });
    expect(await sluice.run('tap')).toMatchObject({
      code: 2,
      stderr: "sluice tap: URL is missing\nTry 'sluice tap --help'.\n",
    });
  });
});
