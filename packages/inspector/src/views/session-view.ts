import {
  audiencesOf,
  type Session,
  type StoredStream,
  type StreamReader,
  type Subscription,
} from '@sluice/engine';
import type { SessionDetails } from '@sluice/nestjs';
import { preview } from '../redaction/preview.js';
import { redactHeaders, redactUrl } from '../redaction/redact.js';

/**
 * What keeps a session from what it is due: `blocked` (its socket is full), `held` (flow control holds messages back),
 * `window` (it has not acknowledged what it was sent), or nothing (`ok`).
 */
export type SessionFlow = 'ok' | 'held' | 'window' | 'blocked';

/** A session in the list. */
export interface SessionRow {
  readonly id: number;
  readonly endpoint: string;
  readonly gateway: string;
  readonly address: string;
  /** Request target, without secrets. */
  readonly url: string;
  readonly phase: Session['phase'];
  /** Unix milliseconds. */
  readonly openedAt: number;
  readonly heardAt: number;
  readonly topics: readonly string[];
  readonly flow: SessionFlow;
  readonly backlogBytes: number;
  readonly heldMessages: number;
  readonly dropped: number;
  readonly pendingCommands: number;
  readonly streams: readonly StreamState[];
}

/** Where a session stands in a stream. Ids beyond 2^53 are strings. */
export interface StreamState {
  readonly stream: string;
  /** As in the metric `sluice_stream_readers`, or the reader's own phase. */
  readonly phase: StreamReader['phase'];
  readonly active: boolean;
  readonly sent: number | string | null;
  readonly acked: number | string | null;
  readonly window: number;
  /** Stored events that the session was not sent yet. */
  readonly lag: number;
}

export interface SubscriptionView {
  readonly topic: string;
  readonly options: unknown;
  /** The first keys; null while it receives every event. */
  readonly keys: readonly string[] | null;
  readonly keyCount: number;
  readonly heldMessages: number;
  readonly heldBytes: number;
}

/** A session by itself. */
export interface SessionView extends SessionRow {
  readonly params: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly queuedBytes: number;
  readonly answering: boolean;
  readonly subscriptions: readonly SubscriptionView[];
}

const SHOWN_KEYS = 20;

export function sessionRow(
  id: number,
  details: SessionDetails,
  streams: readonly StoredStream[],
): SessionRow {
  const { session, endpoint, gateway, openedAt, heardAt, pendingCommands } = details;
  const subscriptions = details.subscriptions();
  const heldMessages = subscriptions.reduce((sum, { held }) => sum + held.messages, 0);
  const states = streams.flatMap((stream) => streamStates(stream, session));
  return {
    id,
    endpoint,
    gateway,
    address: session.info.address,
    url: redactUrl(session.info.url),
    phase: session.phase,
    openedAt,
    heardAt,
    topics: subscriptions.map(({ topic }) => topic),
    flow: flowOf(session, heldMessages, states),
    backlogBytes: session.backlog,
    heldMessages,
    dropped: session.droppedMessages,
    pendingCommands,
    streams: states,
  };
}

export function sessionView(
  id: number,
  details: SessionDetails,
  streams: readonly StoredStream[],
): SessionView {
  const { session } = details;
  return {
    ...sessionRow(id, details, streams),
    params: preview(session.info.params),
    headers: redactHeaders(session.info.headers),
    queuedBytes: session.queuedBytes,
    answering: session.answering,
    subscriptions: details.subscriptions().map(subscriptionView),
  };
}

function flowOf(
  session: Session,
  heldMessages: number,
  states: readonly StreamState[],
): SessionFlow {
  if (session.phase === 'open' && !session.writable) return 'blocked';
  if (heldMessages > 0) return 'held';
  return states.some(({ phase, lag }) => phase === 'idle' && lag > 0) ? 'window' : 'ok';
}

function subscriptionView({ topic, options, keys, held }: Subscription): SubscriptionView {
  return {
    topic,
    options: preview(options) ?? null,
    keys: keys === undefined ? null : firstOf(keys, SHOWN_KEYS),
    keyCount: keys?.size ?? 0,
    heldMessages: held.messages,
    heldBytes: held.bytes,
  };
}

function streamStates(stream: StoredStream, session: Session): StreamState[] {
  return [...audiencesOf(stream)].flatMap((audience) => {
    const reader = audience.find(session);
    if (reader === undefined) return [];
    const { active, sent, acked, size } = reader.window.current;
    return {
      stream: stream.name,
      phase: reader.phase,
      active,
      sent: position(sent),
      acked: position(acked),
      window: size,
      lag: active ? Math.max(0, stream.head + 1 - reader.window.next) : 0,
    };
  });
}

function position(id: number | bigint | null): number | string | null {
  return typeof id === 'bigint' ? String(id) : id;
}

function firstOf<T>(values: Iterable<T>, count: number): T[] {
  const first: T[] = [];
  for (const value of values) {
    if (first.length === count) break;
    first.push(value);
  }
  return first;
}
