import type { Arguments } from '../arguments/arguments.js';
import type { Command } from '../commands/command.js';
import {
  CONNECTION_OPTIONS,
  DIALECT_OPTION,
  dialectTarget,
  type DialectTarget,
} from '../connection/target.js';
import { readWishes, WISH_OPTIONS } from '../dialects/wish.options.js';
import { jsonLine, prettyLine } from '../terminal/message-lines.js';
import { paintFor } from '../terminal/styles.js';
import { Tap, type TapRequest } from './tap.js';

/** `sluice tap`. */
export const tapCommand: Command = {
  name: 'tap',
  summary: 'Follow an endpoint and print what it says',
  operands: [{ name: 'URL', help: 'ws://, wss://, http:// or https://; the path may be left out' }],
  options: [
    DIALECT_OPTION,
    ...WISH_OPTIONS,
    { name: 'type', value: 'LIST', multiple: true, help: 'print only messages of these types' },
    {
      name: 'grep',
      value: 'PATTERN',
      help: 'print only messages that fit this regular expression',
    },
    { name: 'send', value: 'TEXT', multiple: true, help: 'send this as well when connected' },
    { name: 'json', help: 'print the messages as they come, one a line' },
    { name: 'count', value: 'N', help: 'end after so many printed messages' },
    { name: 'for', value: 'TIME', help: 'end after this time: 500ms, 10s, 5m, 1h' },
    { name: 'wait', help: 'keep trying if nobody listens yet' },
    { name: 'no-reconnect', help: 'end when the connection does' },
    { name: 'strict', help: 'exit code 1 if anything was missing, doubled or refused' },
    ...CONNECTION_OPTIONS,
  ],
  details:
    'Messages go to standard output, everything else to standard error. After a lost connection it connects again,\n' +
    'with growing pauses, and goes on where it was if the protocol can; at the end it tells what was missing or double.',
  run({ args, terminal, clock, signal }) {
    const target = dialectTarget(args);
    return new Tap(target, readRequest(args, target), {
      terminal,
      clock,
      line: args.flag('json') ? jsonLine : prettyLine(paintFor(terminal)),
    }).run(signal);
  },
};

function readRequest(args: Arguments, { dialect }: DialectTarget): TapRequest {
  const types = args.names('type');
  const pattern = args.pattern('grep');
  return {
    wishes: readWishes(args, dialect),
    send: args.list('send'),
    fits: ({ type, text }) =>
      (types.length === 0 || types.includes(type)) && (pattern?.test(text) ?? true),
    count: args.integer('count', { least: 1 }) ?? Infinity,
    forMs: args.duration('for'),
    waits: args.flag('wait'),
    reconnects: !args.flag('no-reconnect'),
    isStrict: args.flag('strict'),
  };
}
