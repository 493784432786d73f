import type { MaybePromise } from '../chain/maybe-promise.js';
import { isPromise } from '../chain/maybe-promise.js';

/**
 * One question for everybody who wants to know the same. Nobody gets an answer to a question that was asked before he
 * asked: while one is being answered, all who come share the next one.
 */
export class SharedQuestion<T> {
  private running: Promise<T> | undefined;
  private next: Promise<T> | undefined;

  /** @param question may answer at once; then nothing is shared. */
  constructor(private readonly question: () => MaybePromise<T>) {}

  /** @throws what the question throws, or a promise that rejects with it. */
  ask(): MaybePromise<T> {
    if (this.running === undefined) return this.start();
    this.next ??= this.running.then(this.follow, this.follow);
    return this.next;
  }

  private start(): MaybePromise<T> {
    const answer = this.question();
    if (!isPromise(answer)) return answer;
    this.running = answer;
    const done = (): void => {
      if (this.running === answer) this.running = undefined;
    };
    answer.then(done, done);
    return answer;
  }

  private readonly follow = (): MaybePromise<T> => {
    this.next = undefined;
    return this.start();
  };
}
