import { beforeEach, describe, expect, it } from '@jest/globals';
import { parseJson } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';
import type { BlockTemplate, RegularBlock } from '@sluice/hathor/codec';
import { decodeVertex, meetsTarget, mine, vertexId } from '@sluice/hathor/codec';
import { NODE_TEMPLATE } from '../../test/support/template.js';
import type { MinedBlock } from './miner-screen.js';
import type { MinerOptions } from './miner.js';
import { Miner } from './miner.js';
import type { SubmitAnswer } from './mining-connection.js';
import { receivedTemplates } from './received-templates.js';

const NOW = 1_795_241_866;
const script = new Uint8Array(25).fill(9);

describe('a miner', () => {
  let clock: ManualClock;
  let works: (RegularBlock | undefined)[];
  let submitted: { hex: string; answer: (answer: SubmitAnswer) => void }[];
  let lines: string[];
  let blocks: MinedBlock[];
  let refreshes: number;
  let miner: Miner;
  let ended: Promise<void>;

  beforeEach(() => start());

  function start(options: Partial<MinerOptions> = {}): void {
    clock = new ManualClock(NOW * 1000);
    [works, submitted, lines, blocks, refreshes] = [[], [], [], [], 0];
    let end: () => void = () => undefined;
    miner = new Miner(
      { script, threads: 2, ahead: 5, ...options },
      {
        clock,
        dial: () => ({
          run: () => new Promise((resolve) => (end = resolve)),
          stop: () => end(),
          refresh: () => void refreshes++,
          submit: (hex) => new Promise((answer) => submitted.push({ hex, answer })),
        }),
        hire: () => ({
          work: (block) => void works.push(block),
          rest: () => void works.push(undefined),
          dismiss: () => Promise.resolve(),
        }),
        screen: {
          line: (text) => void lines.push(text),
          mined: (block) => void blocks.push(block),
          show: () => undefined,
          end: () => undefined,
        },
      },
    );
    ended = miner.run();
  }

  const template = (changes: Partial<BlockTemplate> = {}): BlockTemplate => {
    const [known] = receivedTemplates([parseJson(NODE_TEMPLATE)]);
    if (known === undefined) throw new Error('no template');
    return { ...known, ...changes };
  };
  const easy = (height: number): BlockTemplate =>
    template({
      height,
      weight: 4,
      parents: [height.toString(16).padStart(64, '0')],
      timestamp_min: NOW - 10,
    });
  const working = (): RegularBlock => {
    const block = works.at(-1);
    if (block === undefined) throw new Error('the crew rests');
    return block;
  };
  const find = (): RegularBlock => {
    const found = mine(working());
    if (found === undefined) throw new Error('no nonce');
    miner.found(found);
    return found;
  };
  const answer = async (said: SubmitAnswer): Promise<void> => {
    submitted.at(-1)?.answer(said);
    await Promise.resolve();
    await Promise.resolve();
  };

  it('makes of a template what the node wants, and pays itself', () => {
    miner.templates([template()]);
    expect(working()).toEqual({
      version: 0,
      signalBits: 1,
      outputs: [{ value: 800n, tokenData: 0, script }],
      weight: 69.45830394511117,
      timestamp: NOW,
      parents: [...template().parents, '16'.repeat(32), '2f'.repeat(32)],
      data: new Uint8Array(),
      nonce: 0n,
    });
    expect(miner.state).toMatchObject({ doing: 'mining', height: 5123456 });
  });

  it('submits what was found, and counts it when the node has taken it', async () => {
    miner.templates([easy(7)]);
    miner.hashed(32, 1);
    const block = find();
    expect(miner.state).toEqual({ doing: 'waiting', reason: 'block 7 is on its way' });
    const sent = decodeVertex(Buffer.from(submitted[0]?.hex ?? '', 'hex'));
    expect(sent).toEqual(block);
    expect(meetsTarget(vertexId(sent), 4)).toBe(true);
    await answer({ outcome: 'accepted' });
    expect(blocks).toEqual([
      { height: 7, id: vertexId(block), reward: 800n, seconds: 0.0005, luck: 0.5, isBest: false },
    ]);
    expect(miner.yield).toEqual({ blocks: 1, stale: 0, earned: 800n });
  });

  it('drops old work for new templates, and dates it anew', () => {
    miner.templates([easy(7)]);
    const before = working();
    clock.advance(3_000);
    miner.templates([{ ...easy(7), timestamp_now: NOW + 3 }]);
    expect(working()).toEqual({ ...before, timestamp: NOW + 3 });
    miner.hashed(16, 1);
    expect(miner.state).toMatchObject({ chance: 1 - Math.exp(-1) });
    miner.templates([easy(8)]);
    expect(miner.state).toMatchObject({ height: 8, chance: 0 });
  });

  it('does not mine again on the parent of a block that the node looks at', async () => {
    miner.templates([easy(7)]);
    find();
    const { length } = works;
    miner.templates([easy(7)]);
    expect(works).toHaveLength(length);
    await answer({ outcome: 'stale' });
    expect([refreshes, miner.yield.stale]).toEqual([1, 1]);
    expect(lines).toEqual(['# block 7 came too late: another one was there first']);
    miner.templates([easy(7)]);
    expect(working().parents[0]).toBe(easy(7).parents[0]);
  });

  it('never dates a block too far ahead of the node’s clock: it waits', () => {
    const early = { ...easy(7), timestamp_min: NOW + 8 };
    miner.templates([early]);
    expect(works).toEqual([undefined]);
    expect(miner.state).toMatchObject({ doing: 'waiting' });
    clock.advance(2_999);
    expect(works).toEqual([undefined]);
    clock.advance(1);
    expect(working().timestamp).toBe(NOW + 8);
  });

  it('stays within the bounds of the template', () => {
    clock.advance(1_000);
    miner.templates([{ ...easy(7), timestamp_max: NOW - 3 }]);
    expect(working().timestamp).toBe(NOW - 3);
    miner.templates([{ ...easy(7), timestamp_min: NOW + 4 }]);
    expect(working().timestamp).toBe(NOW + 4);
    miner.templates([{ ...easy(7), timestamp_min: NOW - 2, timestamp_max: NOW - 3 }]);
    expect(works.at(-1)).toBeUndefined();
  });

  it('rests while the node may not mine, wants merge-mined blocks only, or is away', () => {
    for (const stop of [
      () => miner.templates([]),
      () => miner.templates([{ ...easy(7), versions: [3] }]),
      () => miner.lost('gone', 500),
    ]) {
      miner.templates([easy(7)]);
      expect(works.at(-1)).toBeDefined();
      stop();
      expect(works.at(-1)).toBeUndefined();
      expect(miner.state.doing).toBe('waiting');
    }
    expect(lines).toEqual(['# gone; trying again in 0.5 s']);
  });

  it('raises the weight if it is told to', () => {
    start({ weight: 12 });
    miner.templates([easy(7)]);
    expect(working().weight).toBe(12);
    miner.templates([template()]);
    expect(working().weight).toBe(69.45830394511117);
  });

  it('ends after as many blocks as it is told to, and submits nothing more', async () => {
    start({ blocks: 1 });
    miner.templates([easy(7)]);
    find();
    await answer({ outcome: 'accepted' });
    await ended;
    miner.templates([easy(8)]);
    expect(works.at(-1)).toBeUndefined();
    expect(submitted).toHaveLength(1);
  });

  it('gives up when the node refuses three blocks in a row', async () => {
    const reason = 'Internal error (-32603)';
    for (const height of [7, 8, 9]) {
      miner.templates([easy(height)]);
      find();
      await answer({ outcome: 'refused', reason });
    }
    await expect(ended).rejects.toThrow('the node has refused 3 blocks in a row');
    expect(lines).toContain(`# the node refuses block 9: ${reason}`);
  });

  it('ends with the error of a thread', async () => {
    miner.failed(new Error('out of memory'));
    await expect(ended).rejects.toThrow('out of memory');
  });
});
