import { describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import type { MinedBlock, MinerState } from './miner-screen.js';
import { PlainScreen, TerminalScreen } from './miner-screen.js';

const mining: MinerState = { doing: 'mining', height: 12, weight: 20, rate: 524_288, chance: 0.5 };
const block: MinedBlock = {
  height: 12,
  id: '0123456789abcdef'.repeat(4),
  reward: 6400n,
  seconds: 1.5,
  luck: 1,
  isBest: false,
};

function output(): { out: PassThrough & { columns?: number }; text: () => string } {
  const out = new PassThrough();
  let text = '';
  out.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { out, text: () => text };
}

describe('a miner’s output to a file', () => {
  it('is plain lines; what goes on is said every ten seconds', () => {
    let now = 0;
    const { out, text } = output();
    const screen = new PlainScreen(out, () => now);
    screen.show(mining);
    screen.mined(block);
    now = 9_999;
    screen.show(mining);
    now = 10_000;
    screen.show(mining);
    screen.show({ doing: 'waiting', reason: 'not connected' });
    screen.end();
    now = 30_000;
    screen.show(mining);
    expect(text()).toBe(
      '⛏     12  0123456789abcdef…  64.00 HTR  in 1.50 s\n' +
        '# 50 % · block 12 · weight 20.00 · 524 kH/s · one per 2.00 s\n',
    );
  });

  it('has a word for luck, bad luck and the smallest id', () => {
    const { out, text } = output();
    const screen = new PlainScreen(out, () => 0);
    screen.mined({ ...block, luck: 20.4 });
    screen.mined({ ...block, luck: 0.2 });
    screen.mined({ ...block, luck: 20, isBest: true });
    const remarks = text()
      .split('\n')
      .map((line) => line.split('1.50 s')[1]?.trim());
    expect(remarks.slice(0, 3)).toEqual([
      '20 times lucky',
      'that took its time',
      '★ smallest id so far',
    ]);
  });
});

describe('a miner’s output to a terminal', () => {
  it('has what goes on in its last line, written over in place and never wrapped', () => {
    const { out, text } = output();
    out.columns = 40;
    const screen = new TerminalScreen(out, false);
    screen.show(mining);
    screen.show({ doing: 'waiting', reason: 'not connected' });
    screen.mined(block);
    screen.end();
    const [first = '', second, third, last] = text().split('\r\x1b[2K').slice(1);
    expect(first).toBe('⠋ ▕██████      ▏ 50 % · block 12 · weig');
    expect(Array.from(first)).toHaveLength(39);
    expect(second).toBe('⠙ not connected');
    expect(third).toBe('⛏     12  0123456789abcdef…  64.00 HTR  in 1.50 s\n');
    expect(last).toBe('');
  });

  it('has colours if they are wanted', () => {
    const { out, text } = output();
    new TerminalScreen(out, true).mined({ ...block, isBest: true });
    expect(text()).toContain('\x1b[33m⛏     12');
    expect(text()).toContain('★ smallest id so far\x1b[0m\n');
  });
});
