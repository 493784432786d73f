import type { EventLogStore, StoredStream } from '@sluice/engine';
import { FollowedStream, SluiceError } from '@sluice/engine';
import { hasFinishedLoading, knownPeerId, STREAM } from './event-log.restart.js';
import type { EventIdentity, EventQueueOptions } from './event-queue.options.js';

/** Hears when the followed queue's events may be sent, and when no more. */
export interface QueueAudience {
  /** The writer has loaded its chain: from now on this is a node whose socket server runs. */
  begin(stream: StoredStream, identity: EventIdentity): void;
  /** The numbering is over, or following is: as when a node stops. @param why for the log. */
  end(why: string): void;
}

/**
 * The event queue of another process, followed through the log: identity, ids and latest id are the writer's, so a client
 * cannot tell the nodes apart.
 *
 * It runs as soon as the writer has finished loading for the first time, and as long as the numbering lasts. A writer
 * that goes on in the same numbering, after a restart or in place of another, disturbs nobody. One that begins anew is
 * what a restarted node is (contract 2.1): connections are closed, and those that follow find another `stream_id`.
 */
export class FollowedQueue {
  private readonly ending = new AbortController();
  private followed: FollowedStream | undefined;
  private following: Promise<void> | undefined;
  private serving = false;
  private lost = false;

  constructor(
    private readonly store: EventLogStore,
    private readonly options: Omit<EventQueueOptions, 'clock'>,
    private readonly audience: QueueAudience,
  ) {}

  get running(): boolean {
    return this.serving;
  }

  get stopped(): boolean {
    return this.ending.signal.aborted;
  }

  /** The writer's events. @throws SluiceError `STATE` before there are any. */
  get stream(): StoredStream {
    if (this.followed !== undefined) return this.followed;
    throw new SluiceError('STATE', 'The writer of the event queue has not been here yet');
  }

  get identity(): EventIdentity {
    const { marks, epoch } = this.stream;
    return { peerId: knownPeerId(marks), network: this.options.network, streamId: epoch };
  }

  /**
   * Does not wait for the writer. A log that can never be followed is told to `onError`.
   *
   * @throws SluiceError `STATE` if it was started already.
   */
  start(): void {
    if (this.following !== undefined) {
      throw new SluiceError('STATE', 'The event queue is followed already');
    }
    const { onError = () => undefined } = this.options;
    this.following = this.follow().catch((error: unknown) => {
      if (!this.stopped) onError(error);
    });
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.following;
    this.end('it was stopped');
    await this.followed?.close();
  }

  private async follow(): Promise<void> {
    const { metrics, onError } = this.options;
    const stream = await FollowedStream.follow(this.store, STREAM, {
      signal: this.ending.signal,
      ...(metrics && { metrics }),
      ...(onError && { onError }),
    });
    this.followed = stream;
    stream.subscribe(() => this.look());
    stream.onRenew(() => {
      this.end('its numbering is over');
      this.look();
    });
    stream.onLost((error) => {
      this.lost = true;
      onError?.(error);
      this.end('it cannot be followed any more');
    });
    this.look();
  }

  private look(): void {
    if (this.serving || this.stopped || this.lost) return;
    if (!hasFinishedLoading(this.stream.marks)) return;
    this.serving = true;
    this.audience.begin(this.stream, this.identity);
  }

  private end(why: string): void {
    if (!this.serving) return;
    this.serving = false;
    this.audience.end(why);
  }
}
