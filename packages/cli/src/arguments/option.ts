/** An option of a command, as its help shows it. */
export interface Option {
  /** Without the dashes. */
  readonly name: string;
  /** What stands for the value in the help; absent for a switch. */
  readonly value?: string;
  /** It may be given more than once. */
  readonly multiple?: boolean;
  /** What holds when it is not given; only said in the help, where the command's code gives it. */
  readonly fallback?: string;
  readonly help: string;
}

/** Something without dashes that a command takes, in order. */
export interface Operand {
  /** As the help shows it: `URL`. */
  readonly name: string;
  readonly help: string;
  /** It may be left out; only the last ones. */
  readonly optional?: boolean;
}

/** Of every command. */
export const HELP_OPTION: Option = { name: 'help', help: 'show this help' };
