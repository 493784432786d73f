import type { Command } from '../commands/command.js';
import { HELP_OPTION, type Operand, type Option } from './option.js';

const COLUMN = 26;

/** Text of `sluice --help`. */
export function overview(commands: readonly Command[]): string {
  return [
    'Usage: sluice COMMAND …',
    '',
    "Follows, records, replays, loads and checks the WebSocket APIs of blockchain nodes: Sluice's, and the nodes' own.",
    '',
    ...commands.map(({ name, summary }) => row(name, summary)),
    '',
    row('--help, COMMAND --help', 'show this help, or that of a command'),
    row('--version', 'show the version'),
    '',
    'Exit codes: 0 all well; 1 it found a fault, or could not do its work; 2 wrong usage; 130 Ctrl-C; 143 SIGTERM.',
  ].join('\n');
}

/** Text of `sluice COMMAND --help`. */
export function commandHelp({ name, summary, operands, options, details }: Command): string {
  const usage = operands.map((each) => (each.optional === true ? `[${each.name}]` : each.name));
  return [
    `Usage: sluice ${[name, ...usage].join(' ')} [options]`,
    '',
    `${summary}.`,
    '',
    ...operands.map((operand: Operand) => row(operand.name, operand.help)),
    '',
    ...[...options, HELP_OPTION].map(optionRow),
    ...(details === undefined ? [] : ['', details]),
  ].join('\n');
}

function optionRow({ name, value, multiple, fallback, help }: Option): string {
  const usage = value === undefined ? `--${name}` : `--${name} ${value}`;
  const often = multiple === true ? '; may be repeated' : '';
  return row(usage, help + often + (fallback === undefined ? '' : ` (default ${fallback})`));
}

function row(left: string, right: string): string {
  const [first = '', ...more] = right.split('\n');
  const head = left.length < COLUMN ? left.padEnd(COLUMN) : `${left}\n  ${' '.repeat(COLUMN)}`;
  return [`  ${head}${first}`, ...more.map((line) => ' '.repeat(COLUMN + 2) + line)].join('\n');
}
