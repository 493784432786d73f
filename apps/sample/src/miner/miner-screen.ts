import type { Writable } from 'node:stream';
import { amountText, bar, durationText, rateText } from './figures.js';

/** A block that the node has taken in. */
export interface MinedBlock {
  readonly height: number;
  readonly id: string;
  readonly reward: bigint;
  /** Seconds of hashing. */
  readonly seconds: number;
  /** Above 1: it took fewer hashes than it takes on average. */
  readonly luck: number;
  /** No block of this miner had a smaller id. */
  readonly isBest: boolean;
}

/** What the miner does at the moment. */
export type MinerState =
  | {
      readonly doing: 'mining';
      readonly height: number;
      readonly weight: number;
      /** Hashes per second. */
      readonly rate: number;
      /** How probable it was to have found a block by now, 0 … 1. */
      readonly chance: number;
    }
  | { readonly doing: 'waiting'; readonly reason: string };

/** Where a miner shows what it does. */
export interface MinerScreen {
  /** Something happened: stays on the screen. */
  line(text: string): void;
  mined(block: MinedBlock): void;
  /** What goes on; called several times a second. */
  show(state: MinerState): void;
  /** Nothing is shown after this. */
  end(): void;
}

/** Lines only, for files and pipes; what goes on is said now and then. */
export class PlainScreen implements MinerScreen {
  private saidAt: number;

  /**
   * @param now milliseconds.
   * @param everyMs how often to say what goes on.
   */
  constructor(
    private readonly out: Writable,
    private readonly now: () => number,
    private readonly everyMs = 10_000,
  ) {
    this.saidAt = now();
  }

  line(text: string): void {
    this.out.write(`${text}\n`);
  }

  mined(block: MinedBlock): void {
    this.line(minedText(block));
  }

  show(state: MinerState): void {
    if (this.now() - this.saidAt < this.everyMs) return;
    this.saidAt = this.now();
    this.line(`# ${stateText(state)}`);
  }

  end(): void {
    this.saidAt = Infinity;
  }
}

const CLEAR = '\r\x1b[2K';
const BAR_WIDTH = 12;
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** A terminal: the last line shows what goes on, in place. */
export class TerminalScreen implements MinerScreen {
  private frame = 0;

  /** @param out a terminal; `columns` is its width. */
  constructor(
    private readonly out: Writable & { readonly columns?: number },
    private readonly hasColour: boolean,
  ) {}

  line(text: string): void {
    this.out.write(`${CLEAR}${text}\n`);
  }

  mined(block: MinedBlock): void {
    const text = minedText(block);
    this.line(block.isBest ? this.colour(33, text) : text);
  }

  show(state: MinerState): void {
    const spin = SPINNER[this.frame++ % SPINNER.length] ?? '';
    const progress = state.doing === 'mining' ? `▕${bar(state.chance, BAR_WIDTH)}▏ ` : '';
    // A line that wraps could not be written over.
    const text = Array.from(`${spin} ${progress}${stateText(state)}`);
    this.out.write(CLEAR + this.colour(36, text.slice(0, (this.out.columns ?? 80) - 1).join('')));
  }

  end(): void {
    this.out.write(CLEAR);
  }

  private colour(code: number, text: string): string {
    return this.hasColour ? `\x1b[${code}m${text}\x1b[0m` : text;
  }
}

function stateText(state: MinerState): string {
  if (state.doing === 'waiting') return state.reason;
  const { height, weight, rate, chance } = state;
  const expected = rate === 0 ? '…' : durationText(2 ** weight / rate);
  const percent = (100 * chance).toFixed(0).padStart(2);
  return `${percent} % · block ${height} · weight ${weight.toFixed(2)} · ${rateText(rate)} · one per ${expected}`;
}

function minedText({ height, id, reward, seconds, luck, isBest }: MinedBlock): string {
  const place = `⛏ ${String(height).padStart(6)}`;
  const remark = isBest ? '  ★ smallest id so far' : luckText(luck);
  return `${place}  ${id.slice(0, 16)}…  ${amountText(reward)}  in ${durationText(seconds)}${remark}`;
}

/** Said of about one block in eight. */
function luckText(luck: number): string {
  if (luck > 12) return `  ${luck.toFixed(0)} times lucky`;
  return luck < 1 / 3 ? '  that took its time' : '';
}
