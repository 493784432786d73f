import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BasaltBlocks, BasaltModule } from '@sluice/basalt';
import { CliRun } from './support/cli-run.js';
import { TestNode } from './support/test-node.js';
import { toyBlock } from './support/toy-block.js';

describe('sluice conform', () => {
  let node: TestNode;
  let url: string;

  beforeEach(async () => {
    node = await TestNode.start(
      BasaltModule.forRoot({ port: 'free', address: '127.0.0.1', compat: 'node' }),
    );
    await node.get(BasaltBlocks).announce(toyBlock(6));
    url = `http://${await node.host()}`;
  });
  afterEach(() => node.stop());

  const conform = (...args: readonly string[]) =>
    CliRun.of(['conform', url, '--dialect', 'basalt', '--wait', '10ms', ...args]);

  it('shows every check, why one was skipped, and a total; all well is exit code 0', async () => {
    const { code, stdout, stderr } = await conform('--compat', 'node');
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^✓ basalt §14\.1 +greets with current_block/),
        expect.stringMatching(
          /^- basalt §14\.4 +announces a block .*\(no block came within 10 ms\)$/,
        ),
        expect.stringMatching(/^- basalt §14\.3 +.*\(needs a driver\)$/),
        expect.stringMatching(/^- basalt §14\.15 +.*\(runs with the option stress only\)$/),
      ]),
    );
    expect(lines.at(-1)).toMatch(
      /^\d+ passed, 0 failed, \d+ skipped in \d+\.\d s: basalt at http:.*$/,
    );
    expect([code, stderr]).toEqual([0, '']);
  });

  it('shows what was expected, seen and on the wire where a rule is broken; exit code 1', async () => {
    const { code, stdout } = await conform('--compat', 'published', '--only', '§1');
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^✗ basalt §1 +sends nothing on connection$/),
      '    expected  type of a message that is not the first: "new_block"',
      '    seen      "current_block"',
      expect.stringMatching(/^ {4}1 < \{"type":"current_block","block":\{"number":6,/),
      expect.stringMatching(/^0 passed, 1 failed, 0 skipped in /),
      '',
    ]);
    expect(code).toBe(1);
  });

  it('prints failures and the total only with --quiet', async () => {
    const { stdout } = await conform('--quiet');
    expect(stdout.trimEnd().split('\n')).toEqual([expect.stringMatching(/^\d+ passed, 0 failed/)]);
  });

  it('prints the report as JSON', async () => {
    const { code, stdout } = await conform('--json', '--only', '§14.8', '--only', '§14.9');
    expect(JSON.parse(stdout)).toMatchObject({
      dialect: 'basalt',
      passed: 2,
      failed: 0,
      results: [
        { ref: 'basalt §14.9', outcome: 'pass' },
        { ref: 'basalt §14.8', outcome: 'pass' },
      ],
    });
    expect(code).toBe(0);
  });

  it('says that nobody is there; exit code 2', async () => {
    await node.stop();
    const { code, stdout, stderr } = await conform();
    expect(stderr).toMatch(/^sluice conform: could not connect to ws:.*ECONNREFUSED/);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('tells the dialect from the path', async () => {
    const { code } = await CliRun.of(['conform', `${url}/ws/blocks`, '--only', '§14.8']);
    expect(code).toBe(0);
  });

  it('takes an address without a scheme for ws://', async () => {
    const { host } = new URL(url);
    const { code, stdout } = await CliRun.of(['conform', `${host}/ws/blocks`, '--only', '§14.8']);
    expect(stdout).toContain(`basalt at ws://${host}/ws/blocks`);
    expect(code).toBe(0);
  });

  it.each([
    [['conform'], 'URL is missing'],
    [['conform', 'ftp://node'], "expected a ws, wss, http or https URL, got 'ftp://node'"],
    [['conform', 'no node'], "expected a ws, wss, http or https URL, got 'no node'"],
    [['conform', 'ws://node/any'], 'the URL does not tell the protocol; say --dialect hathor|nano'],
    [['conform', 'ws://node', '--dialect', 'x'], "--dialect cannot be 'x'; it can be hathor, nano"],
    [['conform', 'ws://node', '--control', 'x'], "--control cannot be 'x'"],
    [
      ['conform', 'ws://node', '--compat', 'x'],
      "--compat cannot be 'x'; it can be published, node",
    ],
    [['conform', 'ws://node', '--wait', 'long'], "--wait cannot be 'long'"],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stderr } = await CliRun.of(args);
    expect(stderr).toContain(`sluice conform: ${message}`);
    expect(code).toBe(2);
  });
});
