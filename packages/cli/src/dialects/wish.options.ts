import type { Arguments } from '../arguments/arguments.js';
import type { Option } from '../arguments/option.js';
import { UsageError } from '../arguments/usage-error.js';
import type { ClientDialect, WishName, Wishes } from './client-dialect.js';

/** The option that stands for each wish, and which dialects it is of use for. */
const OPTIONS: Readonly<Record<WishName, Option>> = {
  addresses: {
    name: 'address',
    value: 'LIST',
    multiple: true,
    help: 'hathor: subscribe these; hathor-events: only events that name one of them',
  },
  accounts: {
    name: 'account',
    value: 'LIST',
    multiple: true,
    help: 'nano: only confirmations of these accounts',
  },
  representatives: {
    name: 'representative',
    value: 'LIST',
    multiple: true,
    help: 'nano: only votes of these, with --topic vote',
  },
  assets: {
    name: 'asset',
    value: 'LIST',
    multiple: true,
    help: 'bigchaindb: only transactions of these assets',
  },
  topics: {
    name: 'topic',
    value: 'LIST',
    multiple: true,
    help: 'nano: subscribe these; default confirmation',
  },
  xpub: { name: 'xpub', value: 'KEY', help: 'hathor: stream the history of this key first' },
  options: {
    name: 'options',
    value: 'JSON',
    help: 'nano: options of the subscription, \'{"include_election_info":true}\'',
  },
  from: {
    name: 'from',
    value: 'ID|latest',
    help: 'hathor-events: begin after this event; default with the first one',
  },
  window: {
    name: 'window',
    value: 'N',
    fallback: '100',
    help: 'hathor-events: events in flight',
  },
};

export const WISH_OPTIONS: readonly Option[] = Object.values(OPTIONS);

/** Reads what the client wants to see. @throws UsageError if the dialect has no such thing. */
export function readWishes(args: Arguments, { name, accepts }: ClientDialect): Wishes {
  const wishes: Wishes = {
    ...list('addresses', args),
    ...list('accounts', args),
    ...list('representatives', args),
    ...list('assets', args),
    ...list('topics', args),
    ...given('xpub', args.text('xpub')),
    ...given('options', args.read('options', readObject, '; it must be a JSON object')),
    ...given('from', args.text('from') === 'latest' ? 'latest' : args.integer('from')),
    ...given('window', args.integer('window', { least: 1 })),
  };
  for (const wish of Object.keys(wishes) as WishName[]) {
    if (accepts.includes(wish)) continue;
    throw new UsageError(`--${OPTIONS[wish].name} is of no use with ${name}`);
  }
  return wishes;
}

function list(wish: WishName, args: Arguments): Wishes {
  const names = args.names(OPTIONS[wish].name);
  return names.length === 0 ? {} : { [wish]: names };
}

function given<K extends WishName>(wish: K, value: Wishes[K] | undefined): Wishes {
  return value === undefined ? {} : { [wish]: value };
}

function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
