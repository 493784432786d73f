/**
 * Keeps the mock chain between runs: one line per accepted vertex, written before its events are published. A line says
 * which event id was to come next, so that events of a run that was killed in between can be published by the next run.
 */
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from '../config/sample-config.js';

/** An accepted vertex. */
export interface JournalEntry {
  /** Id of the first event of the action that added the vertex. */
  readonly eventId: number;
  /** The vertex's bytes in hex. */
  readonly vertex: string;
}

/** What a journal belongs to: a chain of another seed or network cannot go on in it. */
export interface JournalHeader {
  readonly network: string;
  readonly seed: number;
  /** What the chain's time follows: the wall clock, or its own clock since these Unix seconds; absent: since genesis. */
  readonly clock?: 'wall' | number;
}

/** The journal's file, open for writing. */
export class VertexJournal {
  /** Bytes of whole lines, until they are all there is. */
  private whole: number | undefined;

  private constructor(
    private readonly file: number,
    readonly header: JournalHeader,
    readonly entries: readonly JournalEntry[],
    whole?: number,
  ) {
    this.whole = whole;
  }

  /**
   * Opens the journal, making it if there is none. A last line that was cut off counts for nothing: its events were never
   * published. It stays where it is until something is appended: whether this process may write here is for the event
   * log beside the journal to say.
   *
   * @param header what a new journal belongs to.
   * @param isClockGiven whether a journal that is there must have this clock too.
   * @throws ConfigError if the journal belongs to another chain.
   */
  static open(path: string, header: JournalHeader, isClockGiven = false): VertexJournal {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, 'a+');
    const text = readFileSync(path, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const [found, ...entries] = whole
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);
    if (found === undefined) {
      ftruncateSync(file);
      writeLines(file, [header]);
      return new VertexJournal(file, header, []);
    }
    const { seed, network, clock } = found as JournalHeader;
    const fault =
      seed !== header.seed || network !== header.network
        ? `of network ${network} and seed ${seed}: take --seed ${seed}`
        : isClockGiven && clock !== header.clock
          ? `with ${clockName(clock)}: take no --start-time`
          : undefined;
    if (fault !== undefined) {
      closeSync(file);
      throw new ConfigError(
        `${path} is a chain ${fault}, another --data folder, or delete this one`,
      );
    }
    return new VertexJournal(
      file,
      found as JournalHeader,
      entries as JournalEntry[],
      Buffer.byteLength(whole),
    );
  }

  append(entries: readonly JournalEntry[]): void {
    if (this.whole !== undefined) ftruncateSync(this.file, this.whole);
    this.whole = undefined;
    writeLines(this.file, entries);
  }

  close(): void {
    closeSync(this.file);
  }
}

function clockName(clock: JournalHeader['clock']): string {
  return clock === 'wall' ? 'the time of the wall clock' : `a clock since ${clock ?? 'genesis'}`;
}

function writeLines(file: number, lines: readonly unknown[]): void {
  writeSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  fsyncSync(file);
}
