import { parseJson } from '@sluice/engine';
import { firstDifference } from './first-difference.js';
import type { Normaliser } from './normalisers.js';
import type { Transcript, TranscriptEntry } from './transcript.js';

/** What counts when two conversations are compared. */
export interface CompareOptions {
  /** Whose messages. How both interleave depends on timing. Default: `in`, the server's. */
  readonly dir?: 'in' | 'out';
  /** Applied to each message of both sides, in this order. Default: none. */
  readonly normalise?: readonly Normaliser[];
  /** Members must come in the same order, except those named by integers. Default: `false`. */
  readonly memberOrder?: boolean;
}

/** The first message in which two conversations differ. */
export interface TranscriptDifference {
  /** Position among the compared messages, from 0. */
  readonly index: number;
  /** The normalised messages; undefined where a side has none. */
  readonly expected: unknown;
  readonly actual: unknown;
  /** One or more lines: which message, which member, both values. */
  readonly message: string;
}

interface Content {
  readonly form: 'JSON' | 'text' | 'bytes';
  readonly value: unknown;
}

/** The first difference of two conversations, or undefined when there is none. */
export function compareTranscripts(
  expected: Transcript,
  actual: Transcript,
  options?: CompareOptions,
): TranscriptDifference | undefined {
  return transcriptDifferences(expected, actual, options).next().value ?? undefined;
}

/** The first difference of each pair of messages that differ, in order; looks no further than it is asked to. */
export function* transcriptDifferences(
  expected: Transcript,
  actual: Transcript,
  { dir = 'in', normalise = [], memberOrder = false }: CompareOptions = {},
): Generator<TranscriptDifference, undefined> {
  const read = ({ entries }: Transcript): Content[] =>
    entries
      .filter((entry) => entry.dir === dir)
      .map(content)
      .map(({ form, value }) => ({
        form,
        value: normalise.reduce((message, step) => step(message), value),
      }));
  const [left, right] = [read(expected), read(actual)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [a, b] = [left[index], right[index]];
    const difference =
      a === undefined || b === undefined || a.form === b.form
        ? firstDifference(a?.value, b?.value, memberOrder)
        : `$: expected ${a.form}, got ${b.form}`;
    if (difference === undefined) continue;
    const counts = `${String(left.length)} expected, ${String(right.length)} there`;
    const message = `message ${String(index)} (${dir}; ${counts}) differs at ${difference}`;
    yield { index, expected: a?.value, actual: b?.value, message };
  }
}

/** Parsed JSON, or else the text itself; bytes as base64. */
function content({ data }: TranscriptEntry): Content {
  if (typeof data !== 'string') return { form: 'bytes', value: data.toString('base64') };
  try {
    return { form: 'JSON', value: parseJson(data) };
  } catch {
    return { form: 'text', value: data };
  }
}
