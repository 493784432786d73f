import type { Clock } from '@sluice/engine';
import type { Arguments } from '../arguments/arguments.js';
import type { Operand, Option } from '../arguments/option.js';
import type { Terminal } from '../terminal/terminal.js';

/** What a command has to work with. */
export interface CommandContext {
  readonly args: Arguments;
  readonly terminal: Terminal;
  readonly clock: Clock;
  /** Aborted on Ctrl-C, on SIGTERM, and when nobody reads the output any longer: the command reports and returns. */
  readonly signal: AbortSignal;
}

/** One of `sluice`'s commands. */
export interface Command {
  readonly name: string;
  /** One line without a final stop. */
  readonly summary: string;
  readonly operands: readonly Operand[];
  readonly options: readonly Option[];
  /** More text for the help, below the options. */
  readonly details?: string;
  /**
   * Does the work.
   *
   * @returns the exit code: {@link SUCCESS} or {@link FAULT}.
   * @throws UsageError for exit code 2, {@link CommandError} for exit code 1 with its message; anything else is a fault
   * of the command's own and shown with its stack.
   */
  run(context: CommandContext): Promise<number>;
}

/** All is well. */
export const SUCCESS = 0;
/** The command found a fault, or could not do its work. */
export const FAULT = 1;
/** The command line cannot be understood. */
export const MISUSE = 2;

/** What is expected to go wrong; its message says all that there is to say. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
}
