/** Flags and variables of the built sample (docs/sample.md): other people's scripts use them. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { ClientPool } from '@sluice/testing';
import { SamplePool } from './support/sample-pool.js';
import { FREE_PORTS, runSample } from './support/sample-process.js';

const FLAGS =
  'address hathor-port operators-port control-open nano-port lighthouse-port bigchaindb-port bigchaindb-stream-port basalt-port ' +
  'ws no-ws ws-address ws-port zero-ports only compat seed start-time pace scenario events log data ' +
  'nats role json help extensions';

describe('flags of the sample', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();

  afterEach(async () => {
    await clients.closeAll();
    await samples.endAll();
  });

  it('--help names every flag, starts nothing and ends with 0', async () => {
    const end = await runSample(['--help']);
    expect(end).toMatchObject({ code: 0, stderr: '' });
    const named = [...end.stdout.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(FLAGS.split(' ').sort());
  });

  it.each([
    [['--no-such-flag'], /--no-such-flag/],
    [['--scenario', 'NO_SUCH'], /NO_SUCH.*ONLY_LOAD/],
    [['--hathor-port', '65536'], /--hathor-port cannot be '65536'/],
    [['--pace', 'soon', '--seed', '-1'], /--seed|argument/],
    [['--start-time', 'noon'], /--start-time cannot be 'noon'/],
    [['--log', 'paper', '--compat', 'both'], /--compat cannot be 'both'; --log cannot be 'paper'/],
    [['--only', 'hathor,dogecoin'], /--only cannot be 'hathor,dogecoin'/],
    [['extra'], /extra/],
  ])('%p is refused with exit code 2 and the reason', async (args, reason) => {
    const end = await runSample(args);
    expect(end).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(reason) });
    expect(end.stderr).toMatch(/Try --help\.\n$/);
  });

  it('hathor §7.83 --scenario and --events (the reference’s --file) exclude each other', async () => {
    const end = await runSample(['--scenario', 'ONLY_LOAD', '--events', 'file.json']);
    expect(end.code).toBe(2);
    expect(end.stderr).toContain('--scenario and --events exclude each other');
  });

  it('hathor §7.83 --function, which has nothing to choose from, is refused', async () => {
    const end = await runSample(['--function', 'simulate']);
    expect(end).toMatchObject({ code: 2, stderr: expect.stringContaining('--function') });
  });

  it('--json prints one line with the URLs, and port 0 takes a free port for each instance', async () => {
    const both = await Promise.all([
      samples.start(['--scenario', 'ONLY_LOAD']),
      samples.start(['--scenario', 'SINGLE_CHAIN_ONE_BLOCK']),
    ]);
    const heads = await Promise.all(both.map(async (sample) => (await sample.get()).body));
    expect(heads.map(({ latest_event_id }) => latest_event_id)).toEqual([4, 9]);
    for (const sample of both) {
      const { http, event_ws, event, control } = sample.urls;
      const origin = /^http:\/\/127\.0\.0\.1:\d+(?=\/v1a$)/.exec(http)?.[0] ?? '';
      expect(sample.printed.hathor).toEqual({ http, event_ws, event, control });
      expect(event_ws).toBe(`${origin.replace('http', 'ws')}/v1a/event_ws`);
      expect([event, control]).toEqual([`${origin}/v1a/event`, `${origin}/control/hathor`]);
      const { stdout } = await sample.stop();
      expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  it('without --json a banner names every URL, and lines to copy', async () => {
    const { stdout, stderr } = await runSample(
      ['--scenario', 'ONLY_LOAD', '--zero-ports'],
      {},
      /Ctrl-C stops/,
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(/ws:\/\/127\.0\.0\.1:\d+\/v1a\/event_ws/);
    expect(stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+\/v1a\/event\n/);
    expect(stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+\/control\/hathor\n/);
    expect(stdout).toContain('npm run events -- --url ws://');
    expect(stdout).toContain('npx wscat -c ws://');
  });

  it('a port that is taken is refused with exit code 1 and the reason', async () => {
    const sample = await samples.start(['--scenario', 'ONLY_LOAD']);
    const { port } = new URL(sample.urls.http);
    const end = await runSample(['--scenario', 'ONLY_LOAD', ...FREE_PORTS, '--hathor-port', port]);
    expect(end).toMatchObject({ code: 1, stdout: '' });
    expect(end.stderr).toContain('EADDRINUSE');
  });

  it('a variable stands for a flag, and the flag wins', async () => {
    const env = { SLUICE_SCENARIO: 'SINGLE_CHAIN_ONE_BLOCK', SLUICE_HATHOR_PORT: 'nonsense' };
    const byVariable = await samples.start([], { env });
    expect((await byVariable.get()).body.latest_event_id).toBe(9);
    const byFlag = await samples.start(['--scenario', 'ONLY_LOAD'], { env });
    expect((await byFlag.get()).body.latest_event_id).toBe(4);
  });

  it('an unknown value in a variable is refused like that of a flag', async () => {
    const end = await runSample([], { SLUICE_PACE: 'quick' });
    expect(end).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--pace cannot be 'quick'"),
    });
  });

  it('--seed and --start-time decide the chain: the same blocks for the same two', async () => {
    const hashes = await Promise.all(
      [
        ['3', '2020-01-01'],
        ['3', '1577836800'],
        ['4', '2020-01-01'],
        ['3', '2020-01-02'],
      ].map(async ([seed = '', time = '']) => {
        const flags = ['--log', 'memory', '--seed', seed, '--start-time', time];
        const sample = await samples.start(flags);
        return (await sample.control('mine', { blocks: 3 })).vertices;
      }),
    );
    expect(hashes[1]).toEqual(hashes[0]);
    expect(new Set(hashes.map(String)).size).toBe(3);
  });

  it('--pace keeps the chain going, and can be changed, paused and stopped', async () => {
    const sample = await samples.start(['--log', 'memory', '--pace', '20ms']);
    const client = await clients.connect(sample.urls.event_ws);
    client.send({ type: 'START_STREAM', window_size: 1000 });
    await client.take(50);
    const paused = await sample.control<{ paused: boolean; latest_event_id: number }>('pause');
    expect(paused.paused).toBe(true);
    expect(await sample.control('pace', { pace: '1m' })).toMatchObject({ pace_ms: 60_000 });
    expect(await sample.post('pace', { pace: 'soon' })).toMatchObject({ status: 400 });
    expect(await sample.control('resume')).toMatchObject({ paused: false });
  });

  it('--log memory leaves nothing in the data folder', async () => {
    const sample = await samples.start(['--log', 'memory']);
    await sample.control('mine');
    expect(readdirSync(sample.data)).toEqual([]);
  });
});
