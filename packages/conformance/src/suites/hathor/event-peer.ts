import type { TestClient, WaitOptions } from '@sluice/testing';
import { expectSame, expectShape, expectThat, readJson } from '../../judging/expect.js';
import { SkipCheck } from '../../judging/outcomes.js';
import { anyText, literal, object } from '../../judging/shape.js';
import type { CheckContext } from '../../runner/check-context.js';
import { expectSilence } from '../settled.js';
import { EVENT_MESSAGE } from './event-shapes.js';

/** An event as far as checks look into it. */
export interface ChainEvent {
  readonly id: number;
  readonly type: string;
  readonly group_id: number | null;
  readonly data: {
    readonly hash?: string;
    readonly reorg_size?: number;
    readonly [member: string]: unknown;
  };
}

/** A message as far as checks look into it. */
export interface EventMessage {
  readonly peer_id: string;
  readonly network: string;
  readonly stream_id: string;
  readonly event: ChainEvent;
  readonly latest_event_id: number;
}

/** The requests of contract 2.2. */
export const start = (last_ack_event_id: unknown, window_size: unknown): object => ({
  type: 'START_STREAM',
  last_ack_event_id,
  window_size,
});
export const ack = (ack_event_id: unknown, window_size: unknown): object => ({
  type: 'ACK',
  ack_event_id,
  window_size,
});
export const STOP = { type: 'STOP_STREAM' };

/** A client of the event socket. */
export class EventPeer {
  private constructor(readonly client: TestClient) {}

  static async connect(context: CheckContext): Promise<EventPeer> {
    return new EventPeer(await context.connect());
  }

  /** Connects and starts. */
  static async started(context: CheckContext, last: unknown, window: number): Promise<EventPeer> {
    const peer = await EventPeer.connect(context);
    peer.client.send(start(last, window));
    return peer;
  }

  /** The next event. @throws Mismatch unless the message has exactly the members of contract 2.4 to 2.7. */
  async next(options?: WaitOptions): Promise<EventMessage> {
    const message = readJson<EventMessage>(await this.client.next(options));
    expectShape(message, EVENT_MESSAGE, 'message');
    const { event, latest_event_id: latest } = message;
    expectThat(latest >= event.id, `latest_event_id of at least ${event.id}`, latest);
    return message;
  }

  /** The next events. @throws Mismatch unless their ids follow each other. @param from the first id. */
  async events(count: number, from: number): Promise<ChainEvent[]> {
    const events: ChainEvent[] = [];
    while (events.length < count) {
      const { event } = await this.next();
      expectSame(event.id, from + events.length, 'id of the event');
      events.push(event);
    }
    return events;
  }

  /** @throws Mismatch if anything is sent. */
  async expectNothing(when: string): Promise<void> {
    await expectSilence(this.client, when);
  }

  /** @throws Mismatch unless a request, sent as it is, gets exactly this error. */
  async expectError(type: string, request: string | object): Promise<void> {
    const text = typeof request === 'string' ? request : JSON.stringify(request);
    this.client.send(text);
    const error_message = type === 'VALIDATION_ERROR' ? anyText : literal(null);
    const shape = object({ type: literal(type), invalid_request: literal(text), error_message });
    expectShape(readJson(await this.client.next()), shape, `answer to ${text.slice(0, 200)}`);
  }
}

/** The id of the newest event. @throws SkipCheck if there are fewer than so many. */
export async function latestId(context: CheckContext, least = 0): Promise<number> {
  const peer = await EventPeer.started(context, null, 1);
  const { latest_event_id: latest } = await peer.next();
  if (latest < least) throw new SkipCheck(`there are only ${latest + 1} events yet`);
  return latest;
}
