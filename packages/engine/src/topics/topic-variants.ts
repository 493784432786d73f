import type { FlowMessage } from '../flow/flow-control.js';
import { Lane, type Broadcast } from '../session/broadcast.js';
import type { Session } from '../session/session.js';

/** Most variants with sessions on their lanes: a session finds what it is owed among what all lanes have brought. */
const MOST_FOLLOWED = 16;

/** One form of a topic's messages, shared by the subscriptions that want it. */
export interface TopicVariant {
  readonly name: string;
  /** The sessions that get every message of this form as it comes. */
  readonly lane: Lane;
  /** Whether the event that is being delivered was sent on the lane. */
  sent: boolean;
  /** Number of subscriptions. */
  uses: number;
  /** Whether the event that is being delivered was rendered in this form. */
  rendered: boolean;
  /** That rendering; undefined if there is none, or it failed. */
  message: FlowMessage | undefined;
}

/**
 * The variants in use. Subscriptions point at theirs, so that delivery finds a rendering without a look-up; a variant
 * goes with its last subscription, because clients may choose its name.
 */
export class TopicVariants {
  private readonly byName = new Map<string, TopicVariant>();
  private readonly rendered: TopicVariant[] = [];
  /** Those with sessions on their lanes. */
  readonly followed = new Set<TopicVariant>();

  constructor(private readonly broadcast: Broadcast) {}

  get size(): number {
    return this.byName.size;
  }

  acquire(name: string): TopicVariant {
    let variant = this.byName.get(name);
    if (variant === undefined) {
      const lane = new Lane(this.broadcast);
      variant = { name, lane, sent: false, uses: 0, rendered: false, message: undefined };
      this.byName.set(name, variant);
    }
    variant.uses++;
    return variant;
  }

  release(variant: TopicVariant): void {
    if (--variant.uses === 0) this.byName.delete(variant.name);
  }

  /**
   * Puts a session on the variant's lane.
   *
   * @returns false if too many other variants have sessions on theirs.
   */
  follow(variant: TopicVariant, session: Session): boolean {
    if (this.followed.size >= MOST_FOLLOWED && !this.followed.has(variant)) return false;
    variant.lane.add(session);
    this.followed.add(variant);
    return true;
  }

  unfollow(variant: TopicVariant, session: Session): void {
    variant.lane.remove(session);
    if (variant.lane.sessions.size === 0) this.followed.delete(variant);
  }

  /** Keeps a rendering until {@link forget}. */
  keep(variant: TopicVariant, message: FlowMessage | undefined): void {
    variant.rendered = true;
    variant.message = message;
    this.rendered.push(variant);
  }

  /** Forgets all renderings. */
  forget(): void {
    for (const variant of this.rendered) {
      variant.rendered = false;
      variant.sent = false;
      variant.message = undefined;
    }
    this.rendered.length = 0;
  }
}
