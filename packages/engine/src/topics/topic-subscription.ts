import type {
  DropReason,
  FlowMessage,
  FlowOutlet,
  FlowPolicy,
  SessionFlowControl,
} from '../flow/flow-control.js';
import type { Eviction, Session } from '../session/session.js';
import type { Clock } from '../time/clock.js';
import type { IndexEntry } from './subscription-index.js';
import type { KeyChange, Subscription } from './subscription.js';
import type { TopicVariant } from './topic-variants.js';

const NOTHING = { messages: 0, bytes: 0 } as const;

/** What a subscription asks of its topic. */
export interface SubscriptionHome {
  readonly name: string;
  readonly flow: SessionFlowControl;
  update(subscription: TopicSubscription, change: KeyChange): void;
  replace(subscription: TopicSubscription, options: unknown): void;
  /** Counts messages that one session was sent. */
  sent(messages: number): void;
  /** Counts messages that one session will never see. */
  dropped(messages: number, reason?: DropReason): void;
  failed(error: unknown, stage: 'flow'): void;
}

/**
 * A session's subscription, which is also its flow policy's outlet and its own index entry: one object per
 * subscription, because there may be many thousands.
 */
export class TopicSubscription implements Subscription, FlowOutlet, IndexEntry {
  keys: Set<string> | undefined = undefined;
  mark = 0;
  /** Whether the subscription has not ended. */
  active = true;
  /** Whether the session is on the variant's lane: then the topic sends it messages without asking the flow policy. */
  following = false;
  /** One that writes through is made when a message first finds the session not writable: most never need theirs. */
  private policy: FlowPolicy | undefined = undefined;
  /** Whether the policy may hold something. */
  private behind = false;

  constructor(
    readonly session: Session,
    private readonly home: SubscriptionHome,
    public options: unknown,
    public variant: TopicVariant,
  ) {
    if (home.flow.writesThrough !== true) this.policy = home.flow.create(this);
  }

  get topic(): string {
    return this.home.name;
  }

  /** Whether a message can be written without asking the flow policy, if that is one that writes through. */
  get upToDate(): boolean {
    return !this.behind && this.session.writable;
  }

  /** What its flow policy holds back. */
  get held(): FlowPolicy['held'] {
    return this.policy?.held ?? NOTHING;
  }

  get clock(): Clock {
    return this.session.clock;
  }

  get writable(): boolean {
    return this.session.writable;
  }

  get queuedBytes(): number {
    return this.session.queuedBytes;
  }

  get answering(): boolean {
    return this.session.answering;
  }

  onAnswered(listener: () => void): () => void {
    return this.session.onAnswered(listener);
  }

  update(change: KeyChange): void {
    if (this.active) this.home.update(this, change);
  }

  replace(options: unknown): void {
    if (this.active) this.home.replace(this, options);
  }

  /** Sends a message as flow control says. A policy that throws loses the message and nothing else. */
  offer(message: FlowMessage): void {
    const { flow } = this.home;
    try {
      if (flow.writesThrough === true && this.upToDate) {
        this.write(message.frame);
        return;
      }
      this.behind = true;
      this.policy ??= flow.create(this);
      this.policy.offer(message);
    } catch (error) {
      this.home.failed(error, 'flow');
    }
  }

  /** The session's socket has room again. */
  drained(): void {
    try {
      this.policy?.drained();
      this.behind = this.held.messages > 0;
    } catch (error) {
      this.home.failed(error, 'flow');
    }
  }

  write(frame: Buffer): void {
    this.home.sent(1);
    this.session.write(frame);
  }

  evict(reason: string, how?: Eviction): void {
    this.session.evict(reason, how);
  }

  dropped(messages: number, reason?: DropReason): void {
    this.session.countDropped(messages);
    this.home.dropped(messages, reason);
  }

  /** Called by the topic, once. */
  end(): void {
    this.active = false;
    try {
      this.policy?.end();
    } catch (error) {
      this.home.failed(error, 'flow');
    }
  }
}
