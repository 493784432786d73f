type Listener = () => void;

/**
 * Who wants to hear of a session. Most listen to one thing or to nothing: a set is made for the first who does. A listener
 * that throws or rejects costs neither the others nor whoever tells them anything.
 */
export class SessionListeners {
  private ofDrain: Set<Listener> | undefined = undefined;
  private ofAnswer: Set<Listener> | undefined = undefined;
  private ofClose: Set<Listener> | undefined = undefined;

  /** @param report hears what listeners throw. */
  constructor(private readonly report: (error: unknown) => void) {}

  onDrain(listener: Listener): () => void {
    (this.ofDrain ??= new Set()).add(listener);
    return () => this.ofDrain?.delete(listener);
  }

  onAnswered(listener: Listener): () => void {
    (this.ofAnswer ??= new Set()).add(listener);
    return () => this.ofAnswer?.delete(listener);
  }

  onClose(listener: Listener): () => void {
    (this.ofClose ??= new Set()).add(listener);
    return () => this.ofClose?.delete(listener);
  }

  drained(): void {
    for (const listener of [...(this.ofDrain ?? [])]) this.call(listener);
  }

  /** Each is told once. */
  answered(): void {
    const listeners = this.ofAnswer;
    this.ofAnswer = undefined;
    for (const listener of listeners ?? []) this.call(listener);
  }

  /** The last that anybody hears. */
  closed(): void {
    for (const listener of [...(this.ofClose ?? [])]) this.call(listener);
    this.ofDrain = undefined;
    this.ofAnswer = undefined;
    this.ofClose = undefined;
  }

  /** Calls one listener, at once. */
  call(listener: Listener): void {
    try {
      // Types let an async function pass for one that returns nothing.
      const outcome: unknown = listener();
      if (outcome instanceof Promise) outcome.catch(this.report);
    } catch (error) {
      this.report(error);
    }
  }
}
