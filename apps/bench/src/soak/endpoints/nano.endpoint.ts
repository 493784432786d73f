import type { Publication } from '../ledger/publication.js';
import { pick, type Random } from '../run/seeded-random.js';
import type { LiveEndpoint, Visit } from './live-endpoint.js';

/** A notification, as far as it is looked at. */
interface Notification {
  readonly ack?: string;
  readonly topic?: string;
  readonly hash?: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** Accounts that clients filter by, most of them together. */
const MOST_ACCOUNTS = 4;

/** The node's socket: everything of a topic, several topics at once, or the confirmations of some accounts. */
export function nanoEndpoint(accounts: readonly string[]): LiveEndpoint {
  return {
    name: 'nano',
    stream: 'nano',
    url: (urls) => urls.nano.ws ?? '',
    examples: [
      { action: 'ping', id: 'x' },
      { action: 'subscribe', topic: 'vote', ack: true, options: { include_replays: true } },
      {
        action: 'subscribe',
        topic: 'confirmation',
        ack: true,
        id: '7',
        options: { accounts: accounts.slice(0, 3) },
      },
      { action: 'update', topic: 'confirmation', options: { accounts_add: accounts.slice(3, 5) } },
      { action: 'unsubscribe', topic: 'confirmation', ack: true },
    ],
    visit: (random) =>
      pick(random, [
        () => topics('confirmation'),
        () => topics('vote'),
        () => topics('new_unconfirmed_block', 'started_election', 'stopped_election'),
        () => topics('confirmation', 'vote', 'new_unconfirmed_block'),
        () => confirmationsOf(someOf(accounts, random)),
      ])(),
  };
}

function topics(...names: readonly string[]): Visit {
  return {
    requests: names.map((topic) => JSON.stringify({ action: 'subscribe', topic, ack: true })),
    answers: names.length,
    wants: ({ key }) => names.some((topic) => key.startsWith(`${topic},`)) && !isHeldBack(key),
    read,
  };
}

function confirmationsOf(accounts: readonly string[]): Visit {
  const options = { accounts };
  return {
    requests: [JSON.stringify({ action: 'subscribe', topic: 'confirmation', ack: true, options })],
    answers: 1,
    wants: ({ key, to }: Publication) =>
      key.startsWith('confirmation,') && accounts.some((account) => to?.includes(account)),
    read,
  };
}

/** Votes that nobody gets who does not ask for them (contract 6.2). */
function isHeldBack(key: string): boolean {
  return /^vote,.*,(replay|indeterminate)$/.test(key);
}

function read(text: string): ReturnType<Visit['read']> {
  const { ack, topic, hash, message } = JSON.parse(text) as Notification;
  if (ack !== undefined) return 'answer';
  if (topic === 'vote') {
    const { account, timestamp, blocks, type } = message;
    return { key: ['vote', account, timestamp, [blocks].flat().join(), type].join() };
  }
  return { key: `${String(topic)},${String(hash ?? message.hash)}` };
}

function someOf(accounts: readonly string[], random: Random): readonly string[] {
  const count = 1 + Math.floor(random() * MOST_ACCOUNTS);
  return Array.from({ length: count }, () => pick(random, accounts));
}
