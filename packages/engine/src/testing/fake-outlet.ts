import type {
  DropReason,
  FlowOutlet,
  FlowPolicy,
  SessionFlowControl,
} from '../flow/flow-control.js';
import type { Eviction } from '../session/session.js';
import { ManualClock } from './manual-clock.js';

/** A session as a flow policy sees it, for tests of policies: full or not, as the test says. */
export class FakeOutlet implements FlowOutlet {
  options: unknown;
  /** Frames that were sent, in order. */
  readonly sent: Buffer[] = [];
  /** Number of messages reported as dropped. */
  lost = 0;
  /** Why, each time. */
  readonly lostFor: DropReason[] = [];
  /** Why the session was evicted, if it was. */
  evictedFor: string | undefined;
  /** Whether with a Close frame, if there was room for one. */
  evictedHow: Eviction | undefined;
  queuedBytes = 0;
  answering = false;
  private room = Infinity;
  private readonly listeners = new Set<() => void>();

  constructor(readonly clock: ManualClock = new ManualClock()) {}

  get writable(): boolean {
    return this.room > 0 && this.evictedFor === undefined;
  }

  /** From now on the socket takes this many frames, then it is full. */
  takes(frames: number): void {
    this.room = frames;
  }

  /** From now on a command of the client is being carried out. */
  commandBegins(): void {
    this.answering = true;
  }

  /** The command is done. */
  commandEnds(): void {
    this.answering = false;
    const listeners = [...this.listeners];
    this.listeners.clear();
    for (const listener of listeners) listener();
  }

  onAnswered(listener: () => void): () => void {
    if (this.answering) this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  write(frame: Buffer): void {
    if (!this.writable) throw new Error('A frame was written to a full socket');
    this.room--;
    this.sent.push(frame);
  }

  evict(reason: string, how: Eviction = 'close'): void {
    this.evictedFor ??= reason;
    this.evictedHow ??= how;
  }

  dropped(messages: number, reason: DropReason = 'policy'): void {
    this.lost += messages;
    this.lostFor.push(reason);
  }
}

/** A policy as a session that takes everything would have it, until the test says otherwise. */
export function policyUnderTest(control: SessionFlowControl): {
  readonly outlet: FakeOutlet;
  readonly policy: FlowPolicy;
  readonly clock: ManualClock;
} {
  const outlet = new FakeOutlet();
  return { outlet, policy: control.create(outlet), clock: outlet.clock };
}
