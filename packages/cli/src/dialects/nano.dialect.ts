/** Nano's topics: subscribed with options, acknowledged, and lost with the connection (contract 4 to 6). */
import { UsageError } from '../arguments/usage-error.js';
import { NOTHING, type ClientDialect, type Message, type Wishes } from './client-dialect.js';
import { jsonOf, lengthAt, short, textAt } from './json-member.js';
import { strange } from './strange-message.js';

/** Those that take options (contract 4.3). */
const WITH_OPTIONS = ['confirmation', 'vote'];

/** Asked of the node to tell its answers to pings from those to anything else. */
const PING_ID = 'sluice-ping';

export const nanoDialect: ClientDialect = {
  name: 'nano',
  summary: 'topics of a Nano node',
  path: '/',
  accepts: ['topics', 'accounts', 'representatives', 'options'],
  isSequenced: false,
  read(text): Message {
    const body = jsonOf(text);
    const [ack, topic] = [textAt(body, 'ack'), textAt(body, 'topic')];
    const time = Number(textAt(body, 'time') || NaN);
    if (ack !== '') {
      const id = textAt(body, 'id');
      const isPong = ack === 'pong' && id === PING_ID;
      return { type: ack, kind: 'answer', summary: id, isPong, text, body };
    }
    if (topic === '') return strange(text, body);
    const summary = (SUMMARIES[topic] ?? whole)(body);
    const identity = textAt(body, 'message', 'hash') || textAt(body, 'hash');
    return {
      type: topic,
      kind: 'event',
      ...(identity !== '' && { key: `${topic} ${identity}`, isCommon: true }),
      ...(Number.isFinite(time) && { sentAt: time }),
      summary,
      text,
      body,
    };
  },
  client(wishes) {
    const requests = (wishes.topics ?? ['confirmation']).map((topic) => subscribe(topic, wishes));
    checkUse(wishes);
    return {
      open: () => requests,
      take: () => NOTHING,
      ping: JSON.stringify({ action: 'ping', id: PING_ID }),
    };
  },
};

function subscribe(topic: string, { options, accounts, representatives }: Wishes): string {
  const all = {
    ...options,
    ...(topic === 'confirmation' && accounts !== undefined && { accounts }),
    ...(topic === 'vote' && representatives !== undefined && { representatives }),
  };
  // Options with nothing in them are something else than none (contract 9, D1 and D2).
  const isWanted = options !== undefined || Object.keys(all).length > 0;
  return JSON.stringify({
    action: 'subscribe',
    topic,
    ack: true,
    id: topic,
    ...(WITH_OPTIONS.includes(topic) && isWanted && { options: all }),
  });
}

function checkUse({ topics = ['confirmation'], options, accounts, representatives }: Wishes): void {
  const lacks = (topic: string): boolean => !topics.includes(topic);
  if (accounts !== undefined && lacks('confirmation')) {
    throw new UsageError('--account needs --topic confirmation');
  }
  if (representatives !== undefined && lacks('vote')) {
    throw new UsageError('--representative needs --topic vote');
  }
  if (options !== undefined && WITH_OPTIONS.every(lacks)) {
    throw new UsageError(`--options needs --topic ${WITH_OPTIONS.join(' or ')}`);
  }
}

const whole = (body: unknown): string => textAt(body, 'message');

const SUMMARIES: Readonly<Record<string, (body: unknown) => string>> = {
  confirmation: (body) => {
    const at = (...path: readonly string[]): string => textAt(body, 'message', ...path);
    const subtype = at('block', 'subtype') || at('block', 'type');
    const what = [subtype, at('amount'), 'raw', short(at('account'))].filter((part) => part !== '');
    return `${short(at('hash'))} ${what.join(' ')} ${at('confirmation_type')}`;
  },
  vote: (body) => {
    const count = lengthAt(body, 'message', 'blocks');
    const voter = short(textAt(body, 'message', 'account'));
    return `${textAt(body, 'message', 'type')} of ${voter} for ${String(count)} blocks`;
  },
  started_election: (body) => short(textAt(body, 'message', 'hash')),
  stopped_election: (body) => short(textAt(body, 'message', 'hash')),
  new_unconfirmed_block: (body) => {
    const subtype = textAt(body, 'message', 'subtype');
    return `${short(textAt(body, 'hash'))} ${subtype} ${short(textAt(body, 'message', 'account'))}`;
  },
};
