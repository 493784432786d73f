import { systemClock, type Clock } from '@sluice/engine';
import { Arguments } from './arguments/arguments.js';
import { commandHelp, overview } from './arguments/help-text.js';
import { UsageError } from './arguments/usage-error.js';
import { CommandError, FAULT, MISUSE, SUCCESS, type Command } from './commands/command.js';
import { COMMANDS } from './commands/commands.js';
import { Interruption } from './interruption.js';
import type { Terminal } from './terminal/terminal.js';
import { VERSION } from './version.js';

/** What a run needs beside its arguments. */
export interface RunOptions {
  readonly terminal: Terminal;
  /** Ends the command in order; an {@link Interruption} as its reason decides about the exit code. */
  readonly signal: AbortSignal;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/**
 * Runs `sluice` with these arguments, without the program's name.
 *
 * @returns the exit code: 0 all well, 1 a fault, 2 wrong usage, or that of the interruption.
 */
export async function runCli(argv: readonly string[], options: RunOptions): Promise<number> {
  const { stdout, stderr } = options.terminal;
  const [first, ...rest] = argv[0] === 'help' ? [argv[1] ?? '--help', '--help'] : argv;
  if (first === '--version') {
    stdout.write(`${VERSION}\n`);
    return SUCCESS;
  }
  if (first === undefined || first === '--help' || first === '-h') {
    (first === undefined ? stderr : stdout).write(`${overview(COMMANDS)}\n`);
    return first === undefined ? MISUSE : SUCCESS;
  }
  const command = COMMANDS.find(({ name }) => name === first);
  if (command === undefined) {
    stderr.write(`sluice: there is no command '${first}'.\nTry 'sluice --help'.\n`);
    return MISUSE;
  }
  if (rest.includes('--help')) {
    stdout.write(`${commandHelp(command)}\n`);
    return SUCCESS;
  }
  return runCommand(command, rest, options);
}

async function runCommand(
  command: Command,
  argv: readonly string[],
  { terminal, signal, clock = systemClock }: RunOptions,
): Promise<number> {
  try {
    const args = Arguments.parse(argv, command.options, command.operands);
    const code = await command.run({ args, terminal, clock, signal });
    return signal.reason instanceof Interruption ? signal.reason.exitCode : code;
  } catch (error) {
    if (signal.reason instanceof Interruption) return signal.reason.exitCode;
    terminal.stderr.write(`sluice ${command.name}: ${explain(command, error)}\n`);
    return error instanceof UsageError ? MISUSE : FAULT;
  }
}

/** What is expected to go wrong says by itself what to do; only for the rest is a stack of use. */
function explain({ name }: Command, error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\nTry 'sluice ${name} --help'.`;
  if (error instanceof CommandError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
