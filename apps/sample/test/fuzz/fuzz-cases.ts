/** Inputs that once were served wrongly: files of one JSON object, bytes as hexadecimal text. */
import type { Ending, WireInput } from '@sluice/testing/hostile';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One file of `cases`. */
interface FuzzCase {
  /** Name of the endpoint. */
  readonly target: string;
  /** What went wrong. */
  readonly name: string;
  readonly writes: readonly string[];
  readonly ending: Ending;
}

const FOLDER = join(import.meta.dirname, 'cases');

/** The cases of an endpoint. */
export function readFuzzCases(target: string): readonly WireInput[] {
  return readdirSync(FOLDER)
    .map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as FuzzCase)
    .filter((entry) => entry.target === target)
    .map(({ writes, ending }) => ({
      writes: writes.map((hex) => Buffer.from(hex, 'hex')),
      ending,
    }));
}

/** An input as a file of `cases` has it. */
export function showFuzzCase({ writes, ending }: WireInput): string {
  return JSON.stringify({ writes: writes.map((bytes) => bytes.toString('hex')), ending });
}
