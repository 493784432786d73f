import { dropMembers, Transcript, type CompareOptions } from '@sluice/testing';
import type { Arguments } from '../arguments/arguments.js';
import { UsageError } from '../arguments/usage-error.js';
import { CommandError, type Command } from '../commands/command.js';
import { CONNECTION_OPTIONS, readTarget } from '../connection/target.js';
import { replayClient } from './replay-client.js';
import { ReplayServer } from './replay-server.js';

/** `sluice replay`. */
export const replayCommand: Command = {
  name: 'replay',
  summary: 'Say a recorded conversation again: the client to a server, or the server to clients',
  operands: [
    { name: 'FILE', help: "transcript that 'sluice record' wrote" },
    { name: 'URL', help: 'server to replay the client to; not with --serve', optional: true },
  ],
  options: [
    { name: 'serve', value: 'PORT', help: 'be the server of the transcript; 0 takes a free port' },
    { name: 'address', value: 'IP', fallback: '127.0.0.1', help: 'with --serve: where to listen' },
    { name: 'timed', help: 'with --serve: keep the pauses of the recording' },
    { name: 'count', value: 'N', help: 'with --serve: end after so many clients' },
    {
      name: 'ignore',
      value: 'LIST',
      multiple: true,
      help: 'leave these members out of the comparison, wherever they are: time,timestamp',
    },
    { name: 'member-order', help: 'members must come in the same order' },
    {
      name: 'patience',
      value: 'TIME',
      fallback: '5s',
      help: 'how long to wait for each message of the server',
    },
    ...CONNECTION_OPTIONS,
  ],
  details:
    'Each message is sent after as many others have come as in the recording. What comes is compared with it; whatever\n' +
    'differs is shown, and the exit code is 1.',
  async run({ args, terminal, clock, signal }) {
    const transcript = await load(args.operand('FILE'));
    const compare = compareOptions(args);
    const port = args.integer('serve', { most: 65_535 });
    const url = args.optionalOperand('URL');
    if ((port === undefined) === (url === undefined)) {
      throw new UsageError('say either a URL or --serve PORT');
    }
    if (port === undefined) {
      const patienceMs = args.duration('patience') ?? 5000;
      const target = readTarget(args);
      return replayClient({ transcript, target, compare, patienceMs, clock, terminal, signal });
    }
    const server = new ReplayServer({
      transcript,
      compare,
      terminal,
      clock: args.flag('timed') ? clock : undefined,
      count: args.integer('count', { least: 1 }) ?? Infinity,
    });
    return server.run(port, args.text('address') ?? '127.0.0.1', signal);
  },
};

function compareOptions(args: Arguments): CompareOptions {
  const ignored = args.names('ignore');
  return {
    memberOrder: args.flag('member-order'),
    normalise: ignored.length === 0 ? [] : [dropMembers(...ignored)],
  };
}

async function load(path: string): Promise<Transcript> {
  try {
    return await Transcript.load(path);
  } catch (cause) {
    throw new CommandError(`cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
}
