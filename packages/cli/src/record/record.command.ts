import { UsageError } from '../arguments/usage-error.js';
import type { Command } from '../commands/command.js';
import {
  CONNECTION_OPTIONS,
  DIALECT_OPTION,
  dialectTarget,
  readTarget,
} from '../connection/target.js';
import { readWishes, WISH_OPTIONS } from '../dialects/wish.options.js';
import { Recording, type RecordRequest } from './recording.js';

/** `sluice record`. */
export const recordCommand: Command = {
  name: 'record',
  summary: 'Write down what a client and a server say to each other',
  operands: [
    { name: 'URL', help: 'ws://, wss://, http:// or https://; the path may be left out' },
    { name: 'FILE', help: 'transcript to write, one line per message; - is standard output' },
  ],
  options: [
    DIALECT_OPTION,
    ...WISH_OPTIONS,
    { name: 'raw', help: 'send only what --send and --stdin say: no opening, no acknowledgements' },
    { name: 'send', value: 'TEXT', multiple: true, help: 'send this as well when connected' },
    { name: 'stdin', help: 'send each line of standard input' },
    { name: 'count', value: 'N', help: 'end after so many received messages' },
    { name: 'for', value: 'TIME', help: 'end after this time: 500ms, 10s, 5m, 1h' },
    ...CONNECTION_OPTIONS,
  ],
  details:
    'A transcript is of one connection; the recording ends with it. Each message is in the file as soon as it is sent\n' +
    "or received, so nothing is lost when the recording is interrupted. See 'sluice replay' for what to do with it.",
  run({ args, terminal, clock, signal }) {
    const isRaw = args.flag('raw');
    const { dialect, ...target } = isRaw
      ? { ...readTarget(args), dialect: undefined }
      : dialectTarget(args);
    if (isRaw && args.text('dialect') !== undefined) {
      throw new UsageError('--raw speaks no --dialect');
    }
    const request: RecordRequest = {
      target,
      dialect,
      client: dialect?.client(readWishes(args, dialect)),
      send: args.list('send'),
      readsStdin: args.flag('stdin'),
      count: args.integer('count', { least: 1 }) ?? Infinity,
      forMs: args.duration('for'),
    };
    return new Recording(request, args.operand('FILE'), { terminal, clock }).run(signal);
  },
};
