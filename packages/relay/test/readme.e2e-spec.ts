import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { follow, type Block, type Upstream } from './follow-blocks.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

const chainOf = (branch: string, from: number, to: number, parent = ''): Block[] => {
  const blocks: Block[] = [];
  for (let number = from; number <= to; number++) {
    const parentHash = blocks.at(-1)?.hash ?? parent;
    blocks.push({ number, hash: `${branch}${number}`, parentHash });
  }
  return blocks;
};

/** Tells of some blocks of its chain on each connection, which is then lost. */
class ToyUpstream implements Upstream {
  constructor(
    private readonly chain: readonly Block[],
    private readonly told: readonly (readonly string[])[],
  ) {}

  private connections = 0;

  async *blocks(): AsyncGenerator<Block> {
    for (const hash of this.told[this.connections++] ?? []) {
      const block = await Promise.resolve(this.chain.find((each) => each.hash === hash));
      if (block !== undefined) yield block;
    }
  }

  blockAt(height: bigint): Promise<Block | undefined> {
    return Promise.resolve(this.chain.findLast(({ number }) => BigInt(number) === height));
  }
}

describe('the example in the README', () => {
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('is the program that is tested here', async () => {
    const program = (await read('./follow-blocks.ts')).replace(
      "'../src/index.js'",
      "'@sluice/relay'",
    );
    expect(await read('../README.md')).toContain(`\`\`\`ts\n${program}\`\`\``);
  });

  it('announces every block once, in order: skipped, repeated, missed, of another branch', async () => {
    jest.useFakeTimers();
    const log = jest.spyOn(console, 'log').mockReturnValue();
    const chain = [...chainOf('a', 0, 6), ...chainOf('b', 5, 8, 'a4')];
    const first = new ToyUpstream(chain, [['a0', 'a1', 'a1', 'a3'], ['b8']]);
    const second = new ToyUpstream(chainOf('a', 0, 6), [['a3', 'a6']]);
    const announced: string[] = [];
    const link = follow([first, second], ({ hash }) => announced.push(hash));
    for (let count = 0; count < 3; count++) await jest.advanceTimersByTimeAsync(1000);
    await link.stop();
    expect(announced).toEqual('a0 a1 a2 a3 a4 a5 a6 b5 b6 b7 b8'.split(' '));
    expect(log).toHaveBeenCalledWith('Lost the upstream, back in 1000 ms');
  });
});
