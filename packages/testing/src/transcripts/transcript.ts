import { readFile, writeFile } from 'node:fs/promises';
import type { TestMessage } from '../client/message.js';
import type { TestClient } from '../client/test-client.js';

/** One message of a recorded conversation, as the client saw it. */
export interface TranscriptEntry extends TestMessage {
  /** `in`: the server said it; `out`: the client did. */
  readonly dir: 'in' | 'out';
}

/** One line of a transcript file. */
type Line = { readonly at: number; readonly dir: 'in' | 'out' } & (
  { readonly text: string } | { readonly base64: string }
);

/** A conversation over one connection; as a file, one JSON object per line. */
export class Transcript {
  private readonly messages: TranscriptEntry[];

  constructor(entries: Iterable<TranscriptEntry> = []) {
    this.messages = [...entries];
  }

  /**
   * Records what a client sends and receives from now on until its connection ends. Messages that have
   * arrived and were not taken are part of it; those that were taken are not.
   */
  static record(client: TestClient): Transcript {
    const pending = client.peek().map((message) => ({ ...message, dir: 'in' as const }));
    const transcript = new Transcript(pending);
    client.onTraffic((dir, message) => transcript.messages.push({ ...message, dir }));
    return transcript;
  }

  /** Reads a file that {@link save} wrote. @throws {SyntaxError} that names the faulty line. */
  static async load(path: string | URL): Promise<Transcript> {
    return Transcript.parse(await readFile(path, 'utf8'));
  }

  /** Reads the text of a transcript file. @throws {SyntaxError} that names the faulty line. */
  static parse(text: string): Transcript {
    const entries = text.split('\n').flatMap((line, i) => {
      if (line.trim() === '') return [];
      try {
        return [readLine(line)];
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new SyntaxError(`transcript line ${String(i + 1)}: ${why}`, { cause });
      }
    });
    return new Transcript(entries);
  }

  get entries(): readonly TranscriptEntry[] {
    return this.messages;
  }

  /** Writes what there is so far. */
  async save(path: string | URL): Promise<void> {
    await writeFile(path, this.toString());
  }

  /** The text of the transcript file. */
  toString(): string {
    return this.messages.map((entry) => `${writeLine(entry)}\n`).join('');
  }
}

function writeLine({ at, dir, data }: TranscriptEntry): string {
  const line: Line =
    typeof data === 'string'
      ? { at, dir, text: data }
      : { at, dir, base64: data.toString('base64') };
  return JSON.stringify(line);
}

function readLine(text: string): TranscriptEntry {
  const { at, dir, ...rest } = JSON.parse(text) as Partial<Line>;
  if (typeof at !== 'number') throw new TypeError('"at" must be a number');
  if (dir !== 'in' && dir !== 'out') throw new TypeError('"dir" must be "in" or "out"');
  if ('text' in rest && typeof rest.text === 'string') return { at, dir, data: rest.text };
  if ('base64' in rest && typeof rest.base64 === 'string') {
    return { at, dir, data: Buffer.from(rest.base64, 'base64') };
  }
  throw new TypeError('"text" or "base64" must be a string');
}
