import { parseArgs } from 'node:util';

/** What a soak is asked to do. */
export interface SoakOptions {
  readonly help: boolean;
  /** How long clients and chains are at it. */
  readonly ms: number;
  readonly seed: number;
  readonly clients: number;
  /** Things that happen to the chains in a second. */
  readonly rate: number;
  /** Where the report goes: `.json` everything, `.md` tables and a picture of the curves beside it. */
  readonly reports: readonly string[];
}

/** A command line that cannot be understood. */
export class SoakOptionsError extends Error {}

export const HELP = `npm run soak -- [options]

Runs the sample with all dialects under clients that are fast, slow, flapping and hostile, and judges what they get
and what the server holds. Exit code 1 if anything is wrong.

  --for TIME      how long: 30s, 10m, 1h (default 30m)
  --clients N     clients at the same time, at least 28 (default 400)
  --rate N        things that happen to the chains in a second (default 15)
  --seed N        who behaves how, and what happens (default: a new one, which is printed)
  --report FILE   writes FILE.json: everything, or FILE.md: tables and, beside it, FILE.svg; may be given several times
  --help`;

const UNITS = { s: 1000, m: 60_000, h: 3_600_000 };
const SECOND = 1000;

/** Each endpoint has at least one client of each behaviour. */
const LEAST_CLIENTS = 28;

/** @throws SoakOptionsError if there is anything it does not know. */
export function readSoakOptions(args: readonly string[]): SoakOptions {
  const { help, for: time, clients, rate, seed, report } = parse(args);
  const ms = millisOf(time);
  if (ms === undefined || ms < 10 * SECOND) {
    throw new SoakOptionsError(
      `--for takes a time of at least 10s such as 90s, 10m or 1h, not '${time}'`,
    );
  }
  for (const file of report) {
    if (!/\.(json|md)$/.test(file)) {
      throw new SoakOptionsError(`--report takes a file that ends in .json or .md, not '${file}'`);
    }
  }
  return {
    help,
    ms,
    clients: whole('clients', clients, LEAST_CLIENTS),
    rate: whole('rate', rate, 1),
    seed: seed === undefined ? Math.floor(Math.random() * 2 ** 31) : whole('seed', seed, 0),
    reports: report,
  };
}

type Parsed = ReturnType<typeof parseStrictly>;

function parse(args: readonly string[]): Parsed {
  try {
    return parseStrictly(args);
  } catch (error) {
    throw new SoakOptionsError((error as Error).message);
  }
}

const parseStrictly = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      for: { type: 'string', default: '30m' },
      clients: { type: 'string', default: '400' },
      rate: { type: 'string', default: '15' },
      seed: { type: 'string' },
      report: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  }).values;

function millisOf(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smh])$/.exec(text) ?? [];
  return unit === undefined ? undefined : Number(number) * UNITS[unit as keyof typeof UNITS];
}

function whole(name: string, text: string, least: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (number >= least) return number;
  throw new SoakOptionsError(
    `--${name} takes a whole number of at least ${String(least)}, not '${text}'`,
  );
}
