import type { Readable, Writable } from 'node:stream';

/** Where a command reads and writes. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Somebody looks at `stdout`: colours may be used. */
  readonly isTTY: boolean;
  /** Somebody looks at `stderr`: a line may be drawn again and again. */
  readonly isErrorTTY: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  return {
    stdin,
    stdout,
    stderr,
    env,
    isTTY: stdout.isTTY,
    isErrorTTY: stderr.isTTY,
  };
}
