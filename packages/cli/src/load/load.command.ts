import type { Command } from '../commands/command.js';
import { CONNECTION_OPTIONS, DIALECT_OPTION, dialectTarget } from '../connection/target.js';
import { readWishes, WISH_OPTIONS } from '../dialects/wish.options.js';
import { Load } from './load.js';

/** `sluice load`. */
export const loadCommand: Command = {
  name: 'load',
  summary: 'Connect many clients, and report latencies, rates and what was missing',
  operands: [{ name: 'URL', help: 'ws://, wss://, http:// or https://; the path may be left out' }],
  options: [
    DIALECT_OPTION,
    { name: 'clients', value: 'N', fallback: '100', help: 'how many' },
    { name: 'for', value: 'TIME', fallback: '10s', help: 'how long, from the last connection on' },
    {
      name: 'ramp',
      value: 'TIME',
      fallback: '0s',
      help: 'spread the connections over this time; 0: as quickly as the server takes them',
    },
    {
      name: 'ping',
      value: 'TIME',
      fallback: '1s',
      help: "pause between each client's round trips",
    },
    { name: 'json', help: 'print the report as JSON' },
    ...WISH_OPTIONS,
    ...CONNECTION_OPTIONS,
  ],
  details:
    'Round trips are those of the protocol (nano ping, hathor ping, mining.refresh), or else of a WebSocket ping. The age of a\n' +
    'message counts from the time that it carries, where there is one; it needs clocks that agree. The spread counts from\n' +
    'its arrival at the first client to that at each other one.\n' +
    'Exit code 1: messages were missing, double or out of order, by their numbers or compared with what other clients got;\n' +
    'or a client was refused, or lost its connection.',
  run({ args, terminal, clock, signal }) {
    const target = dialectTarget(args);
    const request = {
      target,
      wishes: readWishes(args, target.dialect),
      clients: args.integer('clients', { least: 1, most: 100_000 }) ?? 100,
      forMs: args.duration('for') ?? 10_000,
      rampMs: args.duration('ramp') ?? 0,
      pingMs: args.duration('ping') ?? 1000,
      isJson: args.flag('json'),
    };
    return new Load(request, { terminal, clock }).run(signal);
  },
};
