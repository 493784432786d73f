import type { Eviction } from '../session/session.js';
import type {
  DropReason,
  FlowMessage,
  FlowOutlet,
  FlowPolicy,
  SessionFlowControl,
} from './flow-control.js';

/**
 * Keeps a topic's messages back while a command of the session is being carried out, so that a client has its answer
 * before it hears what the command caused. To `flow`, which decides about them as ever, the socket is full meanwhile: the
 * time that a policy such as `disconnectSlow()` gives a client must be longer than commands take.
 */
export function afterAnswers<E>(flow: SessionFlowControl<E>): SessionFlowControl<E> {
  return { scope: 'session', create: (outlet) => new AfterAnswers(outlet, flow) };
}

class AfterAnswers<E> implements FlowPolicy<E>, FlowOutlet {
  private readonly policy: FlowPolicy<E>;
  private stopWaiting: (() => void) | undefined;

  constructor(
    private readonly outlet: FlowOutlet,
    flow: SessionFlowControl<E>,
  ) {
    this.policy = flow.create(this);
  }

  get held(): FlowPolicy<E>['held'] {
    return this.policy.held;
  }

  get clock(): FlowOutlet['clock'] {
    return this.outlet.clock;
  }

  get options(): unknown {
    return this.outlet.options;
  }

  get writable(): boolean {
    if (!this.outlet.answering) return this.outlet.writable;
    // Who is told that there is no room must hear when there is, whether it holds something or not.
    this.stopWaiting ??= this.outlet.onAnswered(() => {
      this.stopWaiting = undefined;
      if (this.writable) this.policy.drained();
    });
    return false;
  }

  get queuedBytes(): number {
    return this.outlet.queuedBytes;
  }

  get answering(): boolean {
    return this.outlet.answering;
  }

  offer(message: FlowMessage<E>): void {
    this.policy.offer(message);
  }

  drained(): void {
    this.policy.drained();
  }

  end(): void {
    this.stopWaiting?.();
    this.policy.end();
  }

  write(frame: Buffer): void {
    this.outlet.write(frame);
  }

  onAnswered(listener: () => void): () => void {
    return this.outlet.onAnswered(listener);
  }

  evict(reason: string, how?: Eviction): void {
    this.outlet.evict(reason, how);
  }

  dropped(messages: number, reason?: DropReason): void {
    this.outlet.dropped(messages, reason);
  }
}
