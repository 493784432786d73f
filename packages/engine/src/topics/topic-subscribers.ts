/**
 * Who is subscribed to one topic. Those with keys, and those that flow control decides for, stand in an index; those who are
 * up to date and take everything stand on the lane of their variant, where one entry serves them all.
 */
import { SluiceError } from '../errors.js';
import type { Broadcast } from '../session/broadcast.js';
import type { Session } from '../session/session.js';
import { atOnce } from './at-once.js';
import { SubscriptionIndex } from './subscription-index.js';
import type { KeyChange } from './subscription.js';
import { TopicSubscription, type SubscriptionHome } from './topic-subscription.js';
import { TopicVariants } from './topic-variants.js';
import type { TopicFilter } from './topic.js';

/** How much a topic keeps. */
export interface TopicCensus {
  readonly subscriptions: number;
  /** Distinct keys in the index. */
  readonly keys: number;
  /** Variants of the message that somebody wants. */
  readonly variants: number;
}

/** Collaborators of {@link TopicSubscribers}. */
export interface TopicSubscribersOptions {
  readonly filter: TopicFilter;
  /** Shared by all topics of the endpoint. */
  readonly broadcast: Broadcast;
  /** Most keys of one subscription. */
  readonly subscriptionKeys: number;
}

const NO_KEYS: readonly string[] = [];
const NO_SET: ReadonlySet<string> = new Set();

/** The subscriptions of a topic. */
export class TopicSubscribers {
  readonly variants: TopicVariants;
  private readonly index = new SubscriptionIndex<TopicSubscription>();
  private readonly bySession = new Map<Session, TopicSubscription>();
  /** Whether sessions that are up to date can be sent the same without asking for each. */
  private readonly hasLanes: boolean;
  private underWay = false;
  private readonly left: TopicSubscription[] = [];
  /** May follow once the event that is being delivered, for which they are too late or on their way, is over. */
  private readonly comers: TopicSubscription[] = [];

  constructor(
    private readonly home: SubscriptionHome,
    private readonly options: TopicSubscribersOptions,
  ) {
    this.variants = new TopicVariants(options.broadcast);
    this.hasLanes = home.flow.writesThrough === true && options.filter.matches === undefined;
  }

  get size(): number {
    return this.bySession.size;
  }

  census(): TopicCensus {
    return {
      subscriptions: this.bySession.size,
      keys: this.index.size,
      variants: this.variants.size,
    };
  }

  all(): Iterable<TopicSubscription> {
    return this.bySession.values();
  }

  find(session: Session): TopicSubscription | undefined {
    return this.bySession.get(session);
  }

  add(session: Session, options: unknown): TopicSubscription {
    const known = this.bySession.get(session);
    if (known !== undefined) {
      this.replace(known, options);
      return known;
    }
    const { keys, variant } = this.wishes(options);
    const subscription = new TopicSubscription(
      session,
      this.home,
      options,
      this.variants.acquire(variant),
    );
    this.index.add(subscription, keys);
    this.bySession.set(session, subscription);
    this.enterLane(subscription);
    return subscription;
  }

  remove(session: Session): boolean {
    const subscription = this.bySession.get(session);
    if (subscription === undefined) return false;
    this.bySession.delete(session);
    this.leaveLane(subscription);
    this.index.remove(subscription);
    this.variants.release(subscription.variant);
    subscription.end();
    return true;
  }

  removeAll(): void {
    for (const session of [...this.bySession.keys()]) this.remove(session);
  }

  update(subscription: TopicSubscription, change: KeyChange): void {
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

  /** The session's socket is full. */
  filled(session: Session): void {
    const subscription = this.bySession.get(session);
    if (subscription !== undefined) this.leaveLane(subscription);
  }

  /** The session's socket has room again. */
  drained(session: Session): void {
    const subscription = this.bySession.get(session);
    if (subscription === undefined) return;
    subscription.drained();
    this.enterLane(subscription);
  }

  /** Whether events are being delivered. */
  get delivering(): boolean {
    return this.underWay;
  }

  /** From now on who comes has to wait for the end, and who leaves a lane is noted. */
  deliveryBegins(): void {
    this.underWay = true;
  }

  deliveryEnds(): void {
    this.underWay = false;
    for (const subscription of this.comers) this.enterLane(subscription);
    this.comers.length = 0;
  }

  /** Writes who has to be asked about an event with these keys to `found`, see {@link SubscriptionIndex.collect}. */
  collect(eventKeys: Iterable<string>, found: (TopicSubscription | undefined)[]): number {
    return this.index.collect(eventKeys, found);
  }

  /** Those who left their lane before the event that is being delivered was sent on it; more may come meanwhile. */
  get strays(): readonly TopicSubscription[] {
    return this.left;
  }

  /** Forgets what was kept for one event. */
  delivered(): void {
    this.left.length = 0;
    this.variants.forget();
  }

  /** Puts a subscription on its lane, if it is unfiltered and up to date and its session tells us when it is full. */
  private enterLane(subscription: TopicSubscription): void {
    if (!this.hasLanes || subscription.following || subscription.keys !== undefined) return;
    if (this.underWay) {
      this.comers.push(subscription);
      return;
    }
    const { session, variant } = subscription;
    // Those of a session that was opened with another hub, and those that have ended, are not what it knows as its own.
    if (session.subscription(this.home.name) !== subscription || !subscription.upToDate) return;
    if (!this.variants.follow(variant, session)) return;
    this.index.remove(subscription);
    subscription.following = true;
  }

  private leaveLane(subscription: TopicSubscription): void {
    if (!subscription.following) return;
    subscription.following = false;
    this.variants.unfollow(subscription.variant, subscription.session);
    this.index.add(subscription, undefined);
    if (this.underWay && !subscription.variant.sent) this.left.push(subscription);
  }

  /** What a subscription asks for; complete before anything changes, because the filter may throw. */
  private wishes(options: unknown): { keys: readonly string[] | undefined; variant: string } {
    const { filter } = this.options;
    const keys = atOnce(filter.subscriptionKeys?.(options), 'subscriptionKeys');
    return {
      keys: keys === undefined ? undefined : this.keysWithin(keys),
      variant: atOnce(filter.variant?.(options), 'variant') ?? '',
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
        `A subscription to ${this.home.name} has more than ${String(limit)} keys`,
      );
    }
    return keys;
  }
}
