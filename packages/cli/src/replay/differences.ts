import { transcriptDifferences, type CompareOptions, type Transcript } from '@sluice/testing';
import { printable } from '../terminal/printable.js';
import { paintFor } from '../terminal/styles.js';
import type { Terminal } from '../terminal/terminal.js';

/** So many are shown, the rest is counted. */
const SHOWN = 20;

/** Prints in what two conversations differ. @returns how many messages do. */
export function showDifferences(
  expected: Transcript,
  actual: Transcript,
  options: CompareOptions,
  terminal: Terminal,
): number {
  const paint = paintFor(terminal);
  let count = 0;
  for (const { message } of transcriptDifferences(expected, actual, options)) {
    if (count++ < SHOWN) terminal.stdout.write(`${paint('red', printable(message))}\n`);
  }
  if (count > SHOWN) terminal.stdout.write(`… and ${String(count - SHOWN)} more\n`);
  return count;
}
