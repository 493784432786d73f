import {
  DIALECTS,
  runConformance,
  type ConformanceOptions,
  type Dialect,
} from '@sluice/conformance';
import { stringifyJson } from '@sluice/engine';
import type { Arguments } from '../arguments/arguments.js';
import { UsageError } from '../arguments/usage-error.js';
import { FAULT, MISUSE, SUCCESS, type Command } from '../commands/command.js';
import { ACCESS_OPTIONS, readAccess } from '../connection/access.js';
import { guessDialect } from '../dialects/client-dialects.js';
import { paintFor } from '../terminal/styles.js';
import { resultLines, totalLine } from './conformance-lines.js';

const COMPATS = ['published', 'node'] as const;

/** `sluice conform`. */
export const conformCommand: Command = {
  name: 'conform',
  summary: 'Judge a server by the wire contract of its dialect',
  operands: [
    {
      name: 'URL',
      help: 'ws://, wss://, http:// or https://, without any of these ws://; the path may be left out.\nFor hathor one of the three sockets, or what stands before them for all',
    },
  ],
  options: [
    {
      name: 'dialect',
      value: 'NAME',
      help: `${DIALECTS.join(', ')};\nguessed from the path or the port of the URL where these are clear`,
    },
    {
      name: 'control',
      value: 'URL',
      help: 'control endpoints that make things happen on the chain, such as the\nsample’s http://127.0.0.1:8080/control; without them the checks wait',
    },
    {
      name: 'http',
      value: 'URL',
      help: 'the node’s HTTP interface, where it is on another port: BigchainDB’s',
    },
    {
      name: 'compat',
      value: 'NAME',
      help: 'published or node: whose reading of the contract the server follows;\nwithout it what holds under one of them is left out',
    },
    {
      name: 'only',
      value: 'TEXT',
      multiple: true,
      help: 'only checks whose section, endpoint or title has this in it: §7.3, reorg',
    },
    { name: 'stress', help: 'also open a thousand connections, and send large messages' },
    { name: 'timeout', value: 'TIME', fallback: '5s', help: 'limit of every wait for an answer' },
    {
      name: 'wait',
      value: 'TIME',
      fallback: '30s',
      help: 'how long to wait for something that happens by itself',
    },
    { name: 'limit', value: 'TIME', fallback: '10m', help: 'limit of the whole run' },
    ...ACCESS_OPTIONS,
    { name: 'quiet', help: 'show failures and the total only' },
    { name: 'json', help: 'print the report as JSON, and nothing else' },
  ],
  details:
    'Nothing is spent and nothing harmed: a server is looked at from outside, as any client may. Mining a block, a payment or a\n' +
    'reorg are left to --control.\n' +
    'Exit code 0: whatever could be judged is as the contract says; 1: something is not; 2: nobody could be reached.',
  async run({ args, terminal, signal }) {
    const { stdout, stderr } = terminal;
    const isJson = args.flag('json');
    const isQuiet = args.flag('quiet');
    const paint = paintFor(terminal);
    const report = await runConformance({
      ...readOptions(args),
      signal,
      onResult: (result) => {
        if (isJson || (isQuiet && result.outcome !== 'fail')) return;
        stdout.write(`${resultLines(result, paint).join('\n')}\n`);
      },
    });
    if (isJson) stdout.write(`${stringifyJson(report)}\n`);
    else if (report.unreachable === undefined) stdout.write(`${totalLine(report, paint)}\n`);
    if (report.unreachable !== undefined) {
      if (!isJson) stderr.write(`sluice conform: ${report.unreachable}\n`);
      return MISUSE;
    }
    return report.failed > 0 ? FAULT : SUCCESS;
  },
};

function readOptions(args: Arguments): ConformanceOptions {
  const given = args.operand('URL');
  const url = given.includes('://') ? given : `ws://${given}`;
  const { protocol = '' } = parseUrl(url) ?? {};
  if (!/^(?:ws|http)s?:$/.test(protocol)) {
    throw new UsageError(`expected a ws, wss, http or https URL, got '${given}'`);
  }
  const options = {
    control: args.read('control', readHttpUrl),
    http: args.read('http', readHttpUrl),
    compat: args.choice('compat', COMPATS),
    timeoutMs: args.duration('timeout'),
    activityMs: args.duration('wait'),
    limitMs: args.duration('limit'),
  };
  const set = Object.entries(options).filter(([, value]) => value !== undefined);
  return {
    url,
    dialect: args.choice('dialect', DIALECTS) ?? dialectOf(url),
    only: args.list('only'),
    stress: args.flag('stress'),
    ...readAccess(args),
    ...(Object.fromEntries(set) as Partial<ConformanceOptions>),
  };
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function readHttpUrl(text: string): URL | undefined {
  const url = parseUrl(text);
  return /^https?:$/.test(url?.protocol ?? '') ? url : undefined;
}

/** Hathor's sockets are dialects of their own for other commands. */
function dialectOf(url: string): Dialect {
  const guess: string = guessDialect(new URL(url)) ?? '';
  const dialect = DIALECTS.find((name) => guess === name || guess.startsWith(`${name}-`));
  if (dialect !== undefined) return dialect;
  throw new UsageError(`the URL does not tell the protocol; say --dialect ${DIALECTS.join('|')}`);
}
