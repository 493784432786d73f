/** Hathor's wallet socket: broadcasts, subscribed addresses, and the history of a key as a stream (contract 1). */
import {
  NOTHING,
  type ClientDialect,
  type DialectClient,
  type Finding,
  type Message,
  type Step,
  type Wishes,
} from './client-dialect.js';
import { vertexText } from './hathor-vertex.js';
import { jsonOf, member, numberAt, textAt } from './json-member.js';
import { strange } from './strange-message.js';

const STREAM_ID = 'sluice';
const ANSWERS = ['capabilities', 'pong', 'subscribe_address', 'unsubscribe_address'];

export const hathorDialect: ClientDialect = {
  name: 'hathor',
  summary: 'wallet socket /v1a/ws',
  path: '/v1a/ws',
  accepts: ['addresses', 'xpub', 'window'],
  isSequenced: false,
  read(text): Message {
    const body = jsonOf(text);
    const type = textAt(body, 'type');
    if (type === '') return strange(text, body);
    const isFault = textAt(body, 'success') === 'false' || type === 'stream:history:error';
    const time = numberAt(body, 'time');
    const txId = textAt(body, 'tx_id');
    return {
      type,
      kind: isFault ? 'fault' : ANSWERS.includes(type) ? 'answer' : 'event',
      ...(type === 'dashboard:metrics' &&
        time !== undefined && { key: String(time), isCommon: true, sentAt: time * 1000 }),
      // Bursts are thinned out (contract 1.4), so one client may get what another one does not.
      ...(type === 'network:new_tx_accepted' && { key: txId }),
      isPong: type === 'pong',
      summary: (SUMMARIES[type] ?? rest)(body),
      text,
      body,
    };
  },
  client: (wishes) => new WalletClient(wishes),
};

const rest = (body: unknown): string => {
  const { type: _, ...members } = body as Readonly<Record<string, unknown>>;
  return Object.keys(members).length === 0 ? '' : textAt({ members }, 'members');
};

const SUMMARIES: Readonly<Record<string, (body: unknown) => string>> = {
  'dashboard:metrics': (body) =>
    `height ${textAt(body, 'best_block_height')}, ${textAt(body, 'blocks')} blocks, ` +
    `${textAt(body, 'transactions')} transactions, ${textAt(body, 'peers')} peers`,
  'network:new_tx_accepted': vertexText,
  'wallet:address_history': (body) =>
    `${textAt(body, 'address')} ${vertexText(member(body, 'history'))}`,
  'stream:history:vertex': (body) => `${textAt(body, 'seq')} ${vertexText(member(body, 'data'))}`,
  'stream:history:address': (body) =>
    `${textAt(body, 'seq')} address ${textAt(body, 'index')} ${textAt(body, 'address')}`,
  subscribe_address: (body) => `${textAt(body, 'address')} ${textAt(body, 'message')}`.trim(),
};

class WalletClient implements DialectClient {
  readonly ping = '{"type":"ping"}';
  /** Of the next frame of the history stream. */
  private nextSeq = 0;
  private acknowledged = -1;

  constructor(private readonly wishes: Wishes) {}

  open(): readonly string[] {
    const { addresses = [], xpub, window } = this.wishes;
    this.nextSeq = 0;
    this.acknowledged = -1;
    const subscriptions = addresses.map((address) => ({ type: 'subscribe_address', address }));
    const history = {
      type: 'request:history:xpub',
      id: STREAM_ID,
      xpub,
      'window-size': window ?? null,
    };
    const requests = [...subscriptions, ...(xpub === undefined ? [] : [history])];
    return requests.map((request) => JSON.stringify(request));
  }

  take({ type, body }: Message): Step {
    const seq = numberAt(body, 'seq');
    if (seq === undefined || !type.startsWith('stream:history:')) return NOTHING;
    const findings = this.check(seq);
    this.nextSeq = seq + 1;
    return { send: this.acknowledge(seq, type), findings, wanted: true };
  }

  private check(seq: number): readonly Finding[] {
    if (seq === this.nextSeq) return [];
    const text = `frame ${String(seq)} of the history came instead of ${String(this.nextSeq)}`;
    return seq > this.nextSeq
      ? [{ kind: 'gap', count: seq - this.nextSeq, text }]
      : [{ kind: 'duplicate', text }];
  }

  /** The end always, as the stream stays open without it; else after more than half a window, as wallets do. */
  private acknowledge(seq: number, type: string): readonly string[] {
    const { window = Infinity } = this.wishes;
    const isDue = seq - this.acknowledged > window / 2 || type === 'stream:history:end';
    if (!isDue) return [];
    this.acknowledged = seq;
    return [JSON.stringify({ type: 'request:history:ack', id: STREAM_ID, ack: seq })];
  }
}
