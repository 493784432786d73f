/**
 * Keeps following an upstream, whatever happens to it: one attempt after the other, with waits that grow, over to the
 * next upstream where there are several. What an attempt does, connecting and reading or asking again and again, is the
 * follower's affair.
 */
import { systemClock, type CancelTask, type Clock } from '@sluice/engine';
import { BackOff, type BackOffOptions } from './back-off.js';
import { checkTransition, type LinkState } from './link-state.js';
import type { RelayFigures } from './relay-figures.js';

/** What an attempt is given. */
export interface Attempt<U> {
  readonly upstream: U;
  /** Aborted when the link stops: the attempt must end soon. */
  readonly signal: AbortSignal;
  /** To be called when the upstream has answered as it should; calls after the first, and after its end, do nothing. */
  readonly online: () => void;
}

/** What a link tells of itself. */
export interface LinkStatus<U> {
  readonly state: LinkState;
  readonly upstream: U;
  /** Attempts since it was last online, the current one included. */
  readonly attempts: number;
  /** Milliseconds until the next attempt; only while `waiting`. */
  readonly waitMs?: number;
  /** Why the last attempt ended; only while `waiting`. */
  readonly cause?: Error;
}

/** Options of an {@link UpstreamLink}. */
export interface UpstreamLinkOptions<U> {
  /** In order of preference; after each attempt that ends, the next one has its turn. At least one. */
  readonly upstreams: readonly U[];
  /** Follows an upstream until it is gone; how it ends, by returning or throwing, makes no difference. */
  readonly attempt: (attempt: Attempt<U>) => Promise<void>;
  /** Waits between attempts; begun again when one has been online. */
  readonly backOff?: BackOffOptions;
  readonly clock?: Clock;
  /** Metrics that are told of every change of state. Default: none. */
  readonly figures?: RelayFigures;
  /** Hears of every change of state; must not throw. */
  readonly onStatus?: (status: LinkStatus<U>) => void;
}

export class UpstreamLink<U> {
  private readonly clock: Clock;
  private readonly backOff: BackOff;
  private readonly abort = new AbortController();
  private current: LinkStatus<U>;
  private turn = 0;
  private running: Promise<void> = Promise.resolve();
  private cancelWait: CancelTask | undefined;

  /** @throws RangeError if there is no upstream, or the back-off cannot be used. */
  constructor(private readonly options: UpstreamLinkOptions<U>) {
    const [first] = options.upstreams;
    if (first === undefined) throw new RangeError('There is no upstream to follow');
    this.clock = options.clock ?? systemClock;
    this.backOff = new BackOff(options.backOff);
    this.current = { state: 'idle', upstream: first, attempts: 0 };
  }

  get status(): LinkStatus<U> {
    return this.current;
  }

  /** Begins to follow. To be called once. */
  start(): void {
    this.attempt();
  }

  /** Follows no longer. Resolves when the attempt that was running has ended. */
  async stop(): Promise<void> {
    if (this.current.state !== 'stopped') {
      this.cancelWait?.();
      this.change({ state: 'stopped' });
      this.abort.abort();
    }
    await this.running;
  }

  private attempt(): void {
    const { upstreams } = this.options;
    const upstream = upstreams[this.turn % upstreams.length] as U;
    this.change({ state: 'connecting', upstream, attempts: this.current.attempts + 1 });
    this.running = this.run(upstream);
  }

  private async run(upstream: U): Promise<void> {
    let cause = new Error('The upstream has ended the connection');
    let isOver = false;
    try {
      const online = (): void => {
        if (!isOver) this.succeeded();
      };
      await this.options.attempt({ upstream, signal: this.abort.signal, online });
    } catch (error) {
      cause = error instanceof Error ? error : new Error(String(error));
    }
    isOver = true;
    this.ended(cause);
  }

  private succeeded(): void {
    if (this.current.state !== 'connecting') return;
    this.backOff.reset();
    this.change({ state: 'online', attempts: 0 });
  }

  private ended(cause: Error): void {
    if (this.current.state === 'stopped') return;
    this.turn++;
    const waitMs = this.backOff.next();
    this.change({ state: 'waiting', waitMs, cause });
    this.cancelWait = this.clock.after(waitMs, () => {
      this.attempt();
    });
  }

  /** The only place where the state changes. */
  private change(to: Partial<LinkStatus<U>> & Pick<LinkStatus<U>, 'state'>): void {
    checkTransition(this.current.state, to.state);
    const { upstream, attempts } = this.current;
    this.current = { upstream, attempts, ...to };
    this.options.figures?.entered(to.state);
    this.options.onStatus?.(this.current);
  }
}
