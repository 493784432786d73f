/**
 * One topic of an endpoint: its subscriptions, and the way of an event to them. Plain synchronous calls; user code
 * (filter, renderer, flow policy) that throws is reported and costs no other session anything.
 */
import type {
  DropReason,
  FlowControl,
  FlowPolicy,
  SessionFlowControl,
  TopicGate,
} from '../flow/flow-control.js';
import { SluiceError } from '../errors.js';
import { disconnectSlow } from '../flow/disconnect-slow.flow.js';
import { binaryFrame, textFrame } from '../frames/text-frame.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Broadcast } from '../session/broadcast.js';
import type { Session } from '../session/session.js';
import type { Clock } from '../time/clock.js';
import { SubscriptionIndex } from './subscription-index.js';
import { TopicCounters } from './topic-counters.js';
import { TopicSubscription, type SubscriptionHome } from './topic-subscription.js';
import { TopicVariants, type TopicVariant } from './topic-variants.js';
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

/** How much a topic keeps. */
export interface TopicCensus {
  readonly subscriptions: number;
  /** Distinct keys in the index. */
  readonly keys: number;
  /** Variants of the message that somebody wants. */
  readonly variants: number;
}

interface Publication {
  readonly event: unknown;
  readonly time: number;
  readonly throttled: boolean;
}

const NO_KEYS: readonly string[] = [];
const NO_SET: ReadonlySet<string> = new Set();
const defaultFlow = disconnectSlow();

/** A topic with its subscriptions. */
export class TopicChannel implements SubscriptionHome {
  readonly name: string;
  private readonly filter: TopicFilter;
  readonly flow: SessionFlowControl;
  private readonly gate: TopicGate | undefined;
  private readonly index = new SubscriptionIndex<TopicSubscription>();
  private readonly subscriptions = new Map<Session, TopicSubscription>();
  private readonly variants: TopicVariants;
  /** Whether sessions that are up to date can be sent the same without asking for each. */
  private readonly hasLanes: boolean;
  /** Receivers of the event that is being delivered; kept between events, so that none allocates it. */
  private readonly receivers: (TopicSubscription | undefined)[] = [];
  /** Left their lane before the event that is being delivered was sent on it. */
  private readonly strays: TopicSubscription[] = [];
  /** May follow once the event that is being delivered, for which they are too late or on their way, is over. */
  private readonly comers: TopicSubscription[] = [];
  /** Events published by what a delivery called: they wait, so that every session sees the same order. */
  private readonly waiting: Publication[] = [];
  private delivering = false;
  /** Where the event that is being delivered has failed already. */
  private readonly reported = new Set<TopicStage>();
  private readonly counters: TopicCounters;

  constructor(
    readonly definition: TopicDefinition,
    private readonly options: TopicChannelOptions,
  ) {
    this.name = definition.name;
    this.filter = definition.filter ?? {};
    this.counters = new TopicCounters(options.metrics, options.endpoint, this.name);
    this.variants = new TopicVariants(options.broadcast);
    const flow: FlowControl = definition.flow ?? defaultFlow;
    this.flow = flow.scope === 'session' ? flow : (flow.session ?? defaultFlow);
    this.hasLanes = this.flow.writesThrough === true && this.filter.matches === undefined;
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
    return this.subscriptions.size;
  }

  census(): TopicCensus {
    return {
      subscriptions: this.subscriptions.size,
      keys: this.index.size,
      variants: this.variants.size,
    };
  }

  /** What flow control holds back, over all sessions. */
  held(): FlowPolicy['held'] {
    const held = { messages: 0, bytes: 0 };
    for (const subscription of this.subscriptions.values()) {
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
    return this.subscriptions.get(session);
  }

  subscribe(session: Session, options: unknown): TopicSubscription {
    const known = this.subscriptions.get(session);
    if (known !== undefined) {
      this.replace(known, options);
      return known;
    }
    const { keys, variant } = this.wishes(options);
    const subscription = new TopicSubscription(
      session,
      this,
      options,
      this.variants.acquire(variant),
    );
    this.index.add(subscription, keys);
    this.subscriptions.set(session, subscription);
    this.enterLane(subscription);
    return subscription;
  }

  unsubscribe(session: Session): boolean {
    const subscription = this.subscriptions.get(session);
    if (subscription === undefined) return false;
    this.subscriptions.delete(session);
    this.leaveLane(subscription);
    this.index.remove(subscription);
    this.variants.release(subscription.variant);
    subscription.end();
    return true;
  }

  /** The session's socket is full. */
  filled(session: Session): void {
    const subscription = this.subscriptions.get(session);
    if (subscription !== undefined) this.leaveLane(subscription);
  }

  /** The session's socket has room again. */
  drained(session: Session): void {
    const subscription = this.subscriptions.get(session);
    if (subscription === undefined) return;
    subscription.drained();
    this.enterLane(subscription);
  }

  /** Ends all subscriptions and forgets what waits. */
  close(): void {
    this.gate?.end();
    this.waiting.length = 0;
    for (const session of [...this.subscriptions.keys()]) this.unsubscribe(session);
  }

  update(
    subscription: TopicSubscription,
    change: { readonly add?: Iterable<string>; readonly remove?: Iterable<string> },
  ): void {
    if (change.add === undefined && change.remove === undefined) return;
    const add = change.add === undefined ? NO_KEYS : this.keysWithin(change.add, subscription.keys);
    this.leaveLane(subscription);
    this.index.update(subscription, add, change.remove ?? NO_KEYS);
  }

  replace(subscription: TopicSubscription, options: unknown): void {
    const { keys, variant } = this.wishes(options);
    this.leaveLane(subscription);
    this.index.remove(subscription);
    this.index.add(subscription, keys);
    const former = subscription.variant;
    subscription.variant = this.variants.acquire(variant);
    this.variants.release(former);
    subscription.options = options;
    this.enterLane(subscription);
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
    if (this.delivering) this.reported.add(stage);
    this.options.onError(error, this.name, stage);
  }

  /** What a subscription asks for; complete before anything changes, because the filter may throw. */
  private wishes(options: unknown): { keys: readonly string[] | undefined; variant: string } {
    const keys = this.filter.subscriptionKeys?.(options);
    return {
      keys: keys === undefined ? undefined : this.keysWithin(keys),
      variant: this.filter.variant?.(options) ?? '',
    };
  }

  /** @throws SluiceError `LIMIT` if a subscription would have too many keys with these. */
  private keysWithin(wanted: Iterable<string>, known: ReadonlySet<string> = NO_SET): string[] {
    const keys = [...wanted];
    const { subscriptionKeys: limit } = this.options;
    // Keys that are wanted twice, or are there already, are counted once; that is looked at only if it matters.
    if (keys.length + known.size > limit && new Set([...known, ...keys]).size > limit) {
      throw new SluiceError(
        'LIMIT',
        `A subscription to ${this.name} has more than ${String(limit)} keys`,
      );
    }
    return keys;
  }

  private release(publication: Publication): void {
    if (this.subscriptions.size === 0) return;
    if (this.delivering) {
      this.waiting.push(publication);
      return;
    }
    this.delivering = true;
    try {
      this.deliver(publication);
      for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
        this.deliver(next);
      }
    } finally {
      this.delivering = false;
      for (const subscription of this.comers) this.enterLane(subscription);
      this.comers.length = 0;
    }
  }

  /**
   * Delivers to everybody who is subscribed at this moment. Receivers are collected first: a session that subscribes
   * meanwhile is too late for this event, one that ends is passed over.
   */
  private deliver(publication: Publication): void {
    const count = this.collect(publication.event);
    for (const variant of this.variants.followed) this.broadcast(publication, variant);
    for (let position = 0; position < count; position++) {
      const subscription = this.receivers[position];
      this.receivers[position] = undefined;
      if (subscription !== undefined) this.offer(publication, subscription);
    }
    for (const subscription of this.strays) this.offer(publication, subscription);
    this.strays.length = 0;
    this.variants.forget();
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
      this.variants.keep(variant, this.render(publication, variant, options));
    }
    return variant.message;
  }

  /** Puts a subscription on its lane, if it is unfiltered and up to date and its session tells us when it is full. */
  private enterLane(subscription: TopicSubscription): void {
    if (!this.hasLanes || subscription.following || subscription.keys !== undefined) return;
    if (this.delivering) {
      this.comers.push(subscription);
      return;
    }
    const { session, variant } = subscription;
    // Those of a session that was opened with another hub, and those that have ended, are not what it knows as its own.
    if (session.subscription(this.name) !== subscription || !subscription.upToDate) return;
    if (!this.variants.follow(variant, session)) return;
    this.index.remove(subscription);
    subscription.following = true;
  }

  private leaveLane(subscription: TopicSubscription): void {
    if (!subscription.following) return;
    subscription.following = false;
    this.variants.unfollow(subscription.variant, subscription.session);
    this.index.add(subscription, undefined);
    if (this.delivering && !subscription.variant.sent) this.strays.push(subscription);
  }

  private collect(event: unknown): number {
    try {
      return this.index.collect(this.filter.eventKeys?.(event) ?? NO_KEYS, this.receivers);
    } catch (error) {
      this.failed(error, 'eventKeys');
      return this.index.collect(NO_KEYS, this.receivers);
    }
  }

  private matches(event: unknown, subscription: TopicSubscription): boolean {
    if (this.filter.matches === undefined) return true;
    try {
      return this.filter.matches(event, subscription.options);
    } catch (error) {
      this.failed(error, 'matches');
      return false;
    }
  }

  private render(publication: Publication, variant: TopicVariant, options: unknown) {
    const { event, time, throttled } = publication;
    try {
      const message = this.definition.render(event, {
        variant: variant.name,
        options,
        throttled,
        time,
      });
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
    if (message instanceof Promise) {
      message.catch(() => undefined);
      throw new TypeError(`The renderer of topic ${this.name} returned a promise`);
    }
    return textFrame(this.options.encode(message));
  }
}
