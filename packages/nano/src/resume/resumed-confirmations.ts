/**
 * Brings one subscription its confirmations, in order and without a gap, at the pace of its client. It keeps no messages: one
 * that cannot be sent now is read from the log later.
 */
import type { Session, Subscription } from '@sluice/engine';
import { SluiceError } from '@sluice/engine';
import type { ConfirmationJournal } from './confirmation-journal.service.js';
import { StoredConfirmation } from './stored-confirmation.js';
import type { ConfirmationView } from '../confirmation/confirmation-view.js';

/**
 * - `reading`: stored confirmations are on their way.
 * - `live`: at the head; new ones are sent as they are announced.
 * - `held`: the window is full; an acknowledgement wakes it.
 * - `blocked`: the socket is full; its drain wakes it.
 * - `ended`: the subscription is over, or another one is in its place.
 */
type Phase = 'idle' | 'reading' | 'live' | 'held' | 'blocked' | 'ended';

const TRANSITIONS: Readonly<Record<Phase, readonly Phase[]>> = {
  idle: ['reading', 'ended'],
  reading: ['live', 'held', 'blocked', 'ended'],
  live: ['held', 'blocked', 'ended'],
  held: ['reading', 'ended'],
  blocked: ['reading', 'ended'],
  ended: [],
};

/** How far a subscription is. */
export interface ResumeProgress {
  readonly endpoint: string;
  /** What it waits for, as in `sluice_stream_readers`. */
  readonly state: 'log' | 'live' | 'acknowledgement' | 'socket';
  /** Stored confirmations that were not looked at yet. */
  readonly lag: number;
  readonly unacknowledged: number;
}

const WAITS_FOR = {
  reading: 'log',
  live: 'live',
  held: 'acknowledgement',
  blocked: 'socket',
} as const satisfies Partial<Record<Phase, ResumeProgress['state']>>;

/** What a {@link ResumedConfirmations} asks about each stored confirmation. */
export interface ConfirmationSource {
  readonly journal: ConfirmationJournal;
  /** Whether the subscription receives it. */
  receives(view: ConfirmationView, subscription: Subscription): boolean;
  /** The message's frame. */
  frame(view: ConfirmationView, subscription: Subscription, id: number): Buffer;
  /** A message went out. */
  sent(session: Session): void;
  /** It is over. */
  ended(resumed: ResumedConfirmations): void;
  /** Something of our own went wrong. */
  failed(error: unknown): void;
}

export class ResumedConfirmations {
  private phase: Phase = 'idle';
  private subscription: Subscription | undefined;
  /** Ids that were sent and not acknowledged, in order. */
  private unacknowledged: number[] = [];
  /** Whether a loop reads the log: what wakes the subscription between two pages finds it at work. */
  private atWork = false;

  /**
   * @param position id of the last confirmation that the client has seen.
   * @param window most messages that may be unacknowledged; undefined: any number.
   */
  constructor(
    private readonly source: ConfirmationSource,
    private position: number,
    private readonly window: number | undefined,
  ) {}

  /** Undefined before it begins and once it is over. */
  get progress(): ResumeProgress | undefined {
    const { phase, subscription, position, unacknowledged } = this;
    if (subscription === undefined || phase === 'idle' || phase === 'ended') return undefined;
    return {
      endpoint: subscription.session.info.endpoint,
      state: WAITS_FOR[phase],
      // What has not passed the filter since the last message was looked at all the same.
      lag: phase === 'live' ? 0 : Math.max(0, this.source.journal.head - position),
      unacknowledged: unacknowledged.length,
    };
  }

  /** Begins to send. */
  start(subscription: Subscription): void {
    this.subscription = subscription;
    this.catchUp();
  }

  /** A new confirmation that the subscription receives: the one that is being announced. */
  offer(frame: Buffer): void {
    const { current } = this.source.journal;
    if (this.phase !== 'live' || current <= this.position || this.subscription === undefined)
      return;
    // What was announced since the last one did not pass the filter: it need not be read again.
    this.position = current - 1;
    const obstacle = this.obstacle(this.subscription);
    if (obstacle === undefined) this.send(this.subscription, frame, current);
    else this.enter(obstacle);
  }

  /** The socket has room again. */
  drained(): void {
    if (this.phase === 'blocked') this.catchUp();
  }

  /** The client has dealt with everything up to `id`. */
  acknowledge(id: number): void {
    const left = this.unacknowledged.findIndex((sent) => sent > id);
    this.unacknowledged = left < 0 ? [] : this.unacknowledged.slice(left);
    if (this.phase === 'held') this.catchUp();
  }

  /** Ends it, once or more often. */
  end(): void {
    if (this.phase === 'ended') return;
    this.enter('ended');
    this.source.ended(this);
  }

  private catchUp(): void {
    this.enter('reading');
    if (this.atWork) return;
    this.atWork = true;
    this.read().catch((error: unknown) => {
      const { code } = SluiceError.from(error);
      if (code !== 'LIMIT') {
        this.source.failed(error);
        this.subscription?.session.endsFor('fault');
      }
      this.subscription?.session.evict(code === 'LIMIT' ? 'no longer stored' : 'log failure');
    });
  }

  private async read(): Promise<void> {
    const { journal } = this.source;
    try {
      while (this.phase === 'reading' && this.subscription !== undefined) {
        if (this.position >= journal.head) {
          this.enter('live');
          return;
        }
        const { from, events } = await journal.read(this.position + 1);
        // What the client asked for may have changed meanwhile, but `start` is called once only.
        this.page(this.subscription, from, events);
        // One page a turn: a client with much to catch up on must not hold others up.
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      this.atWork = false;
    }
  }

  private page(subscription: Subscription, from: number, events: readonly Uint8Array[]): void {
    for (const [index, bytes] of events.entries()) {
      if (this.phase !== 'reading') return;
      const id = from + index;
      const view = new StoredConfirmation(bytes);
      if (this.source.receives(view, subscription)) {
        const obstacle = this.obstacle(subscription);
        if (obstacle !== undefined) {
          this.enter(obstacle);
          return;
        }
        this.send(subscription, this.source.frame(view, subscription, id), id);
      }
      this.position = id;
    }
  }

  private obstacle({ session }: Subscription): 'held' | 'blocked' | undefined {
    if (this.window !== undefined && this.unacknowledged.length >= this.window) return 'held';
    return session.writable ? undefined : 'blocked';
  }

  private send({ session }: Subscription, frame: Buffer, id: number): void {
    this.position = id;
    if (this.window !== undefined) this.unacknowledged.push(id);
    session.write(frame);
    this.source.sent(session);
  }

  /** The only place where the phase changes. */
  private enter(next: Phase): void {
    if (!TRANSITIONS[this.phase].includes(next)) {
      throw new SluiceError('INTERNAL', `A subscription cannot go from ${this.phase} to ${next}`);
    }
    this.phase = next;
  }
}
