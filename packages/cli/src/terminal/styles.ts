import type { Terminal } from './terminal.js';

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 };

/** Name of a look. */
export type Style = keyof typeof CODES;

/** Gives a text a look, or returns it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Colours on a terminal, unless `NO_COLOR` is set to anything (https://no-color.org); none elsewhere. */
export function paintFor({ isTTY, env }: Pick<Terminal, 'isTTY' | 'env'>): Paint {
  const isPlain = !isTTY || env.TERM === 'dumb' || (env.NO_COLOR ?? '') !== '';
  return isPlain
    ? (_, text) => text
    : (style, text) => `\u001b[${String(CODES[style])}m${text}\u001b[0m`;
}
