import { BasaltBlocks, BasaltModule } from '@sluice/basalt';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CliRun } from './support/cli-run.js';
import { TestNode } from './support/test-node.js';
import { toyBlock } from './support/toy-block.js';

describe('sluice tap of a Basalt stream', () => {
  let node: TestNode;
  let url: string;

  beforeEach(async () => {
    node = await TestNode.start(
      BasaltModule.forRoot({ port: 'free', address: '127.0.0.1', compat: 'node' }),
    );
    url = `ws://${await node.host()}/ws/blocks`;
  });
  afterEach(() => node.stop());

  const announce = async (...numbers: readonly number[]): Promise<void> => {
    for (const number of numbers) await node.get(BasaltBlocks).announce(toyBlock(number));
  };

  it('prints blocks as they come until there are enough, and reports', async () => {
    await announce(6);
    const run = new CliRun(['tap', url, '--count', '3']);
    await run.printed(1);
    await announce(7, 8, 9);
    expect(await run.ended).toBe(0);
    expect(run.stdout.lines).toEqual([
      expect.stringMatching(
        /^\d\d:\d\d:\d\d\.\d{3} {2}current_block {2}6 0x\w{14}… 1 transactions/,
      ),
      expect.stringMatching(/ {2}new_block {6}7 0x/),
      expect.stringMatching(/ {2}new_block {6}8 0x.*gas 9007199254740993$/),
    ]);
    expect(run.stderr.text).toMatch(/# 3 messages in \d+\.\d s, nothing missing, no duplicates/);
  });

  it('prints the text of the messages with --json, every digit of it', async () => {
    const run = new CliRun(['tap', url, '--json', '--count', '1']);
    await run.told('connected');
    await announce(1);
    expect(await run.ended).toBe(0);
    expect(run.stdout.text).toMatch(
      /^\{"type":"new_block","block":\{"number":1,.*"gasUsed":9007199254740993,"gasLimit":18446744073709551615,.*\}\}\n$/,
    );
  });

  it('tells of blocks that did not come; with --strict the exit code does, too', async () => {
    const run = new CliRun(['tap', url, '--count', '2', '--strict']);
    await run.told('connected');
    await announce(1, 4);
    expect(await run.ended).toBe(1);
    expect(run.stderr.text).toContain('# blocks 2 to 3 did not come\n');
    expect(run.stderr.text).toMatch(/s, 2 missing\n$/);
  });

  it('ends on Ctrl-C with 130 and a report', async () => {
    const run = new CliRun(['tap', url]);
    await run.told('connected');
    expect(await run.interrupt()).toBe(130);
    expect(run.stderr.text).toMatch(/# 0 messages in/);
  });
});
