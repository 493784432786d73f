/** Hathor's event socket: a numbered, resumable stream with a window (contract 2). */
import {
  NOTHING,
  type ClientDialect,
  type DialectClient,
  type Finding,
  type Message,
  type Step,
  type Wishes,
} from './client-dialect.js';
import { jsonOf, member, numberAt, short, textAt } from './json-member.js';
import { vertexText } from './hathor-vertex.js';
import { strange } from './strange-message.js';

/** Quick, and what event downloaders use. */
const DEFAULT_WINDOW = 100;

export const hathorEventsDialect: ClientDialect = {
  name: 'hathor-events',
  summary: 'event queue /v1a/event_ws',
  path: '/v1a/event_ws',
  accepts: ['from', 'window', 'addresses'],
  isSequenced: true,
  read(text): Message {
    const body = jsonOf(text);
    const type = textAt(body, 'type');
    if (type === '') return strange(text, body);
    if (type !== 'EVENT') {
      const summary = textAt(body, 'error_message').replace('null', '');
      return { type, kind: 'fault', summary, text, body };
    }
    const id = numberAt(body, 'event', 'id');
    const timestamp = numberAt(body, 'event', 'timestamp');
    // A replayed event tells nothing about how quick the server is.
    const isLive = id !== undefined && id === numberAt(body, 'latest_event_id');
    return {
      type: textAt(body, 'event', 'type'),
      kind: 'event',
      ...(isLive && { key: `${textAt(body, 'stream_id')} ${String(id)}` }),
      ...(isLive && timestamp !== undefined && { sentAt: timestamp * 1000 }),
      summary: summarise(body),
      text,
      body,
    };
  },
  client: (wishes) => new EventClient(wishes),
};

function summarise(body: unknown): string {
  const data = member(body, 'event', 'data');
  const group = textAt(body, 'event', 'group_id');
  const parts = [
    `${textAt(body, 'event', 'id')}/${textAt(body, 'latest_event_id')}`,
    (DATA[textAt(body, 'event', 'type')] ?? vertexOrNothing)(data),
    group === 'null' || group === '' ? '' : `group ${group}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

const vertexOrNothing = (data: unknown): string =>
  member(data, 'hash') === undefined ? '' : vertexText(data);

const DATA: Readonly<Record<string, (data: unknown) => string>> = {
  REORG_STARTED: (data) =>
    `${textAt(data, 'reorg_size')} blocks, now ${short(textAt(data, 'new_best_block'))}`,
  TOKEN_CREATED: (data) =>
    `${textAt(data, 'token_symbol')} ${textAt(data, 'token_name')} ${short(textAt(data, 'token_uid'))}`,
  NC_EVENT: (data) => `${short(textAt(data, 'vertex_id'))} ${textAt(data, 'nc_execution')}`,
};

class EventClient implements DialectClient {
  private readonly window: number;
  private streamId: string | undefined;
  /** The last event that came, or the one after which to begin. */
  private last: number | undefined;
  private inWindow = 0;
  /** Asks for one event only to learn from it which is the latest. */
  private isSeeking: boolean;

  constructor(private readonly wishes: Wishes) {
    const { from, window = DEFAULT_WINDOW } = wishes;
    this.window = window;
    this.isSeeking = from === 'latest';
    if (typeof from === 'number') this.last = from;
  }

  get position(): string | undefined {
    if (this.streamId === undefined || this.last === undefined) return undefined;
    return `go on with --from ${String(this.last)} (stream ${this.streamId})`;
  }

  open(): readonly string[] {
    this.inWindow = 0;
    return [this.start(this.isSeeking ? 1 : this.window)];
  }

  take({ kind, text, body }: Message): Step {
    const id = numberAt(body, 'event', 'id');
    if (kind !== 'event' || id === undefined) return NOTHING;
    const streamId = textAt(body, 'stream_id');
    if (this.streamId !== undefined && this.streamId !== streamId) return this.replaced(streamId);
    this.streamId = streamId;
    if (this.isSeeking) return this.seek(numberAt(body, 'latest_event_id') ?? id);
    const findings = this.check(id);
    this.last = Math.max(id, this.last ?? id);
    const { addresses } = this.wishes;
    return {
      send: this.acknowledge(id),
      findings,
      wanted: addresses?.some((address) => text.includes(`"${address}"`)) ?? true,
    };
  }

  private start(window: number): string {
    return JSON.stringify({
      type: 'START_STREAM',
      last_ack_event_id: this.last ?? null,
      window_size: window,
    });
  }

  private seek(latest: number): Step {
    this.isSeeking = false;
    this.last = latest;
    const send = [JSON.stringify({ type: 'STOP_STREAM' }), this.start(this.window)];
    return { send, findings: [], wanted: false };
  }

  private check(id: number): readonly Finding[] {
    if (this.last === undefined || id === this.last + 1) return [];
    if (id <= this.last) return [{ kind: 'duplicate', text: `event ${String(id)} came twice` }];
    const missing = id - this.last - 1;
    const range = `${String(this.last + 1)} to ${String(id - 1)}`;
    return [{ kind: 'gap', count: missing, text: `events ${range} did not come` }];
  }

  /**
   * Only when the window is full: an acknowledgement lets the server go back to it, so what is under way then would come
   * twice (contract 2.5, go-back-N).
   */
  private acknowledge(id: number): readonly string[] {
    if (++this.inWindow < this.window) return [];
    this.inWindow = 0;
    return [JSON.stringify({ type: 'ACK', ack_event_id: id, window_size: this.window })];
  }

  private replaced(streamId: string): Step {
    const text =
      `the stream ${this.streamId ?? ''} is gone, the server now has ${streamId}: ` +
      'its events have other ids, so begin anew';
    return { send: [], findings: [{ kind: 'reset', text }], wanted: false };
  }
}
