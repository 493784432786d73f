/** What was given on a command line, checked at the moment it is asked for. */
import { parseArgs } from 'node:util';
import { parseDuration } from './duration.js';
import { HELP_OPTION, type Operand, type Option } from './option.js';
import { UsageError } from './usage-error.js';

type Given = string | boolean;

/** Limits of a whole number. */
export interface IntegerLimits {
  /** Default 0. */
  readonly least?: number;
  /** Default 2^53 − 1. */
  readonly most?: number;
}

/** A command's options and operands. Every method throws a {@link UsageError} that names what is wrong. */
export class Arguments {
  private constructor(
    private readonly values: Readonly<Record<string, Given | Given[] | undefined>>,
    private readonly operands: Readonly<Record<string, string>>,
  ) {}

  /** @throws UsageError on unknown options, missing values, and too many operands. */
  static parse(
    argv: readonly string[],
    options: readonly Option[],
    operands: readonly Operand[],
  ): Arguments {
    const config = [...options, HELP_OPTION].map(({ name, value, multiple = false }) => {
      const type = value === undefined ? ('boolean' as const) : ('string' as const);
      return [name, { type, multiple }] as const;
    });
    const { values, positionals } = understand(argv, Object.fromEntries(config));
    if (positionals.length > operands.length) {
      throw new UsageError(`'${positionals[operands.length] ?? ''}' is one too many`);
    }
    const named = positionals.map((text, at) => [operands[at]?.name ?? '', text] as const);
    return new Arguments(values, Object.fromEntries(named));
  }

  /** The operand called `name`. */
  operand(name: string): string {
    const text = this.operands[name];
    if (text === undefined) throw new UsageError(`${name} is missing`);
    return text;
  }

  /** The same for an operand that may be left out. */
  optionalOperand(name: string): string | undefined {
    return this.operands[name];
  }

  /** Whether a switch was given. */
  flag(name: string): boolean {
    return this.values[name] === true;
  }

  /** The value of an option, the last one if it was given more than once. */
  text(name: string): string | undefined {
    return this.list(name).at(-1);
  }

  /** The values of an option that may be given more than once. */
  list(name: string): readonly string[] {
    const value = this.values[name];
    const all = Array.isArray(value) ? value : [value];
    return all.filter((each) => typeof each === 'string');
  }

  /** The values of an option that may be given more than once, each of which may be several between commas. */
  names(name: string): readonly string[] {
    return this.list(name).flatMap((text) => text.split(',').filter((part) => part !== ''));
  }

  /** A whole number. */
  integer(name: string, limits: IntegerLimits = {}): number | undefined {
    const { least = 0, most = Number.MAX_SAFE_INTEGER } = limits;
    return this.read(name, (text) => {
      const number = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
      return number >= least && number <= most ? number : undefined;
    });
  }

  /** A time in milliseconds, see {@link parseDuration}. */
  duration(name: string): number | undefined {
    return this.read(name, parseDuration);
  }

  /** One of several words. */
  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    return this.read(
      name,
      (text) => choices.find((choice) => choice === text),
      `; it can be ${choices.join(', ')}`,
    );
  }

  /** A regular expression. */
  pattern(name: string): RegExp | undefined {
    return this.read(name, (text) => {
      try {
        return new RegExp(text, 'u');
      } catch {
        return undefined;
      }
    });
  }

  /** An option's value as `parse` understands it. */
  read<T>(name: string, parse: (text: string) => T | undefined, hint = ''): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = parse(text);
    if (value === undefined) throw new UsageError(`--${name} cannot be '${text}'${hint}`);
    return value;
  }
}

type ParseOptions = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function understand(argv: readonly string[], options: ParseOptions) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}
