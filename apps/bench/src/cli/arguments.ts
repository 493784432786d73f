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
  /** Where the report goes; its chart stands beside it. */
  readonly markdown: string | undefined;
  /** Raw data of earlier runs to report instead of measuring. */
  readonly from: readonly string[];
}

/** The command line cannot be understood. */
export class ArgumentError extends Error {}

export const HELP = `npm run bench -- [scenario…] [options]

  --list           names the scenarios
  --seconds N      length of one measurement, a third of one of latencies (default 0.5)
  --rounds N       rounds that count, servers taking turns (default 3)
  --cases A        measures only cases whose labels contain this; may be given several times
  --servers A      measures only servers whose names begin so, and Sluice; may be given several times
  --json FILE      writes machine, settings and every sample
  --markdown FILE  writes the report, and a chart beside it (FILE.svg)
  --from FILE      reports what an earlier run wrote with --json, and measures nothing; may be given several times
  --short          compares with plain ws in under a minute; exit code 1 if Sluice has become much slower
  --quick          tiny numbers: shows that everything works, its figures mean nothing
  --help`;

const DEFAULTS = {
  full: { seconds: 0.5, rounds: 3 },
  short: { seconds: 0.2, rounds: 7 },
  quick: { seconds: 0.2, rounds: 2 },
};

/** @throws ArgumentError if there is anything it does not know. */
export function readArguments(args: readonly string[], known: readonly string[]): BenchArguments {
  const { values, positionals } = parse(args);
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new ArgumentError(
      `There is no scenario ${unknown.join(', ')}; there are ${known.join(', ')}`,
    );
  }
  const { quick = false, short = false, list = false, help = false, json, markdown } = values;
  if (quick && short) throw new ArgumentError('--quick and --short exclude each other');
  const size = quick ? 'quick' : short ? 'short' : 'full';
  const seconds = positive('seconds', values.seconds) ?? DEFAULTS[size].seconds;
  const rounds = positive('rounds', values.rounds) ?? DEFAULTS[size].rounds;
  if (!Number.isInteger(rounds)) throw new ArgumentError('--rounds must be a whole number');
  const { cases = [], servers = [], from = [] } = values;
  const scenarios = [...new Set(positionals)];
  return { scenarios, seconds, rounds, size, cases, servers, list, help, json, markdown, from };
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
      cases: { type: 'string', multiple: true },
      servers: { type: 'string', multiple: true },
      quick: { type: 'boolean' },
      short: { type: 'boolean' },
      json: { type: 'string' },
      markdown: { type: 'string' },
      from: { type: 'string', multiple: true },
      help: { type: 'boolean' },
    },
  });

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value > 0 && value < Infinity) return value;
  throw new ArgumentError(`--${name} must be a number above 0, not '${text}'`);
}
