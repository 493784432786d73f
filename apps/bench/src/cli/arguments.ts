import { parseArgs } from 'node:util';
import type { BenchSettings } from '../scenarios/scenario.js';

/** What the command line asks for. */
export interface BenchArguments extends BenchSettings {
  /** Names of scenarios; empty: all of them. */
  readonly scenarios: readonly string[];
  readonly list: boolean;
  readonly help: boolean;
  /** Where raw data go. */
  readonly json: string | undefined;
}

/** The command line cannot be understood. */
export class ArgumentError extends Error {}

export const HELP = `npm run bench -- [scenario…] [options]

  --list         names the scenarios
  --seconds N    length of one measurement (default 2)
  --rounds N     rounds that count, servers taking turns (default 5)
  --quick        tiny numbers: shows that everything works, its figures mean nothing
  --json FILE    writes machine, settings and every sample
  --help`;

const FULL = { seconds: 2, rounds: 5 };
const QUICK = { seconds: 0.2, rounds: 2 };

/** @throws ArgumentError if there is anything it does not know. */
export function readArguments(args: readonly string[], known: readonly string[]): BenchArguments {
  const { values, positionals } = parse(args);
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new ArgumentError(
      `There is no scenario ${unknown.join(', ')}; there are ${known.join(', ')}`,
    );
  }
  const { quick = false, list = false, help = false, json } = values;
  const defaults = quick ? QUICK : FULL;
  const seconds = positive('seconds', values.seconds) ?? defaults.seconds;
  const rounds = positive('rounds', values.rounds) ?? defaults.rounds;
  if (!Number.isInteger(rounds)) throw new ArgumentError('--rounds must be a whole number');
  return { scenarios: [...new Set(positionals)], seconds, rounds, quick, list, help, json };
}

type Parsed = ReturnType<typeof parseStrictly>;

function parse(args: readonly string[]): Parsed {
  try {
    return parseStrictly(args);
  } catch (error) {
    throw new ArgumentError((error as Error).message);
  }
}

const parseStrictly = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      list: { type: 'boolean' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean' },
      json: { type: 'string' },
      help: { type: 'boolean' },
    },
  });

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value > 0 && value < Infinity) return value;
  throw new ArgumentError(`--${name} must be a number above 0, not '${text}'`);
}
