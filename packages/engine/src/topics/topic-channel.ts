/**
 * One topic of an endpoint: the way of an event to its subscribers. Plain synchronous calls; user code (filter, renderer,
 * flow policy) that throws is reported and costs no other session anything.
 */
import type {
  DropReason,
  FlowControl,
  FlowPolicy,
  SessionFlowControl,
  TopicGate,
} from '../flow/flow-control.js';
import { disconnectSlow } from '../flow/disconnect-slow.flow.js';
import { binaryFrame, textFrame } from '../frames/text-frame.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Broadcast } from '../session/broadcast.js';
import type { Session } from '../session/session.js';
import type { Clock } from '../time/clock.js';
import { atOnce } from './at-once.js';
import type { KeyChange } from './subscription.js';
import { TopicCounters } from './topic-counters.js';
import { TopicSubscribers, type TopicCensus } from './topic-subscribers.js';
import type { SubscriptionHome, TopicSubscription } from './topic-subscription.js';
import type { TopicVariant } from './topic-variants.js';
import type { TopicDefinition, TopicFilter } from './topic.js';

/** Where user code failed on the way of an event. */
export type TopicStage = 'eventKeys' | 'matches' | 'render' | 'flow' | 'connect';

/** Collaborators of a {@link TopicChannel}. */
export interface TopicChannelOptions {
  /** Shared by all topics of the endpoint. */
  readonly broadcast: Broadcast;
  readonly encode: (message: unknown) => string;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly endpoint: string;
  /** Most keys of one subscription. */
  readonly subscriptionKeys: number;
  readonly onError: (error: unknown, topic: string, stage: TopicStage) => void;
}

interface Publication {
  readonly event: unknown;
  readonly time: number;
  readonly throttled: boolean;
}

const NO_KEYS: readonly string[] = [];
const defaultFlow = disconnectSlow();

/** A topic with its subscribers. */
export class TopicChannel implements SubscriptionHome {
  readonly name: string;
  private readonly filter: TopicFilter;
  readonly flow: SessionFlowControl;
  private readonly gate: TopicGate | undefined;
  private readonly subscribers: TopicSubscribers;
  /** Receivers of the event that is being delivered; kept between events, so that none allocates it. */
  private readonly receivers: (TopicSubscription | undefined)[] = [];
  /** Events published by what a delivery called: they wait, so that every session sees the same order. */
  private readonly waiting: Publication[] = [];
  /** Where the event that is being delivered has failed already. */
  private readonly reported = new Set<TopicStage>();
  private readonly counters: TopicCounters;

  constructor(
    readonly definition: TopicDefinition,
    private readonly options: TopicChannelOptions,
  ) {
    const { broadcast, subscriptionKeys } = options;
    this.name = definition.name;
    this.filter = definition.filter ?? {};
    this.counters = new TopicCounters(options.metrics, options.endpoint, this.name);
    const flow: FlowControl = definition.flow ?? defaultFlow;
    this.flow = flow.scope === 'session' ? flow : (flow.session ?? defaultFlow);
    this.subscribers = new TopicSubscribers(this, {
      filter: this.filter,
      broadcast,
      subscriptionKeys,
    });
    this.gate =
      flow.scope === 'session'
        ? undefined
        : flow.create({
            clock: options.clock,
            release: (event, time, throttled) => {
              this.release({ event, time, throttled });
            },
            dropped: (events, reason) => {
              this.dropped(events, reason);
            },
          });
  }

  /** Number of subscriptions. */
  get size(): number {
    return this.subscribers.size;
  }

  census(): TopicCensus {
    return this.subscribers.census();
  }

  /** What flow control holds back, over all sessions. */
  held(): FlowPolicy['held'] {
    const held = { messages: 0, bytes: 0 };
    for (const subscription of this.subscribers.all()) {
      const { messages, bytes } = subscription.held;
      held.messages += messages;
      held.bytes += bytes;
    }
    return held;
  }

  publish(event: unknown, time: number): void {
    if (this.gate === undefined) {
      this.release({ event, time, throttled: false });
      return;
    }
    try {
      this.gate.offer(event, time);
    } catch (error) {
      this.failed(error, 'flow');
    }
  }

  find(session: Session): TopicSubscription | undefined {
    return this.subscribers.find(session);
  }

  subscribe(session: Session, options: unknown): TopicSubscription {
    return this.subscribers.add(session, options);
  }

  unsubscribe(session: Session): boolean {
    return this.subscribers.remove(session);
  }

  /** The session's socket is full. */
  filled(session: Session): void {
    this.subscribers.filled(session);
  }

  /** The session's socket has room again. */
  drained(session: Session): void {
    this.subscribers.drained(session);
  }

  /** Ends all subscriptions and forgets what waits. */
  close(): void {
    this.gate?.end();
    this.waiting.length = 0;
    this.subscribers.removeAll();
  }

  update(subscription: TopicSubscription, change: KeyChange): void {
    this.subscribers.update(subscription, change);
  }

  replace(subscription: TopicSubscription, options: unknown): void {
    this.subscribers.replace(subscription, options);
  }

  sent(messages: number): void {
    this.counters.sent.add(messages);
  }

  dropped(messages: number, reason: DropReason = 'policy'): void {
    this.counters.dropped.add(reason, messages);
  }

  failed(error: unknown, stage: TopicStage): void {
    this.counters.faults.add();
    // One broken function fails for every receiver of an event: thousands of equal reports help nobody.
    if (this.reported.has(stage)) return;
    if (this.subscribers.delivering) this.reported.add(stage);
    this.options.onError(error, this.name, stage);
  }

  private release(publication: Publication): void {
    if (this.subscribers.size === 0) return;
    if (this.subscribers.delivering) {
      this.waiting.push(publication);
      return;
    }
    this.subscribers.deliveryBegins();
    try {
      this.deliver(publication);
      for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
        this.deliver(next);
      }
    } finally {
      this.subscribers.deliveryEnds();
    }
  }

  /**
   * Delivers to everybody who is subscribed at this moment. Receivers are collected first: a session that subscribes
   * meanwhile is too late for this event, one that ends is passed over.
   */
  private deliver(publication: Publication): void {
    const { subscribers } = this;
    const count = this.collect(publication.event);
    for (const variant of subscribers.variants.followed) this.broadcast(publication, variant);
    for (let position = 0; position < count; position++) {
      const subscription = this.receivers[position];
      this.receivers[position] = undefined;
      if (subscription !== undefined) this.offer(publication, subscription);
    }
    for (const subscription of subscribers.strays) this.offer(publication, subscription);
    subscribers.delivered();
    // Clearing a Set makes a new table, also of an empty one.
    if (this.reported.size > 0) this.reported.clear();
  }

  /** To all who are up to date, at the cost of one. */
  private broadcast(publication: Publication, variant: TopicVariant): void {
    const [session] = variant.lane.sessions;
    const message = this.message(publication, variant, session && this.find(session)?.options);
    variant.sent = true;
    if (message === undefined) return;
    this.counters.sent.add(variant.lane.sessions.size);
    variant.lane.send(message.frame);
  }

  private offer(publication: Publication, subscription: TopicSubscription): void {
    if (!subscription.active || !this.matches(publication.event, subscription)) return;
    const message = this.message(publication, subscription.variant, subscription.options);
    // What rendered it may have ended the subscription.
    if (message !== undefined && subscription.active) subscription.offer(message);
  }

  private message(publication: Publication, variant: TopicVariant, options: unknown) {
    if (!variant.rendered) {
      this.subscribers.variants.keep(variant, this.render(publication, variant, options));
    }
    return variant.message;
  }

  private collect(event: unknown): number {
    try {
      const keys = this.filter.eventKeys?.(event);
      return this.subscribers.collect(atOnce(keys, 'eventKeys') ?? NO_KEYS, this.receivers);
    } catch (error) {
      this.failed(error, 'eventKeys');
      return this.subscribers.collect(NO_KEYS, this.receivers);
    }
  }

  private matches(event: unknown, subscription: TopicSubscription): boolean {
    if (this.filter.matches === undefined) return true;
    try {
      return atOnce(this.filter.matches(event, subscription.options), 'matches');
    } catch (error) {
      this.failed(error, 'matches');
      return false;
    }
  }

  private render(publication: Publication, variant: TopicVariant, options: unknown) {
    const { event, time, throttled } = publication;
    try {
      const context = { variant: variant.name, options, throttled, time };
      const message = atOnce(this.definition.render(event, context), 'render');
      if (message === undefined) return undefined;
      const frame = this.frame(message);
      this.counters.encoded.add();
      return { frame, event };
    } catch (error) {
      this.failed(error, 'render');
      return undefined;
    }
  }

  private frame(message: unknown): Buffer {
    if (typeof message === 'string') return textFrame(message);
    if (message instanceof Uint8Array) return binaryFrame(message);
    return textFrame(this.options.encode(message));
  }
}
