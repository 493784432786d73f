import type { FlowOutlet, SessionFlowControl } from './flow-control.js';
import { checkFlowOptions, oneOf, positiveInteger } from './flow-options.js';
import { QueueingPolicy, type QueueLimits } from './queueing-policy.js';

/** Options of {@link boundedQueue}. */
export interface BoundedQueueOptions {
  /** Most messages that wait for one session; default 1000. */
  readonly messages?: number;
  /** Most bytes that wait for one session; default 1 MiB. */
  readonly bytes?: number;
  /**
   * What happens at either limit; default `disconnect`.
   *
   * - `disconnect`: the session is evicted.
   * - `dropOldest`: what has waited longest is dropped until the new message fits. A message that is larger than
   *   `bytes` takes everything with it and is lost too: what waits is always the newest part of the stream, unbroken.
   */
  readonly overflow?: 'disconnect' | 'dropOldest';
}

const DEFAULTS = { messages: 1000, bytes: 1024 * 1024, overflow: 'disconnect' } as const;

/**
 * Sends messages in order; while the socket is full they wait in a queue of limited length and size.
 *
 * @throws SluiceError `INVALID` that lists every faulty option.
 */
export function boundedQueue(options: BoundedQueueOptions = {}): SessionFlowControl {
  const settings = { ...DEFAULTS, ...options };
  checkFlowOptions('boundedQueue', settings, {
    messages: positiveInteger,
    bytes: positiveInteger,
    overflow: oneOf('disconnect', 'dropOldest'),
  });
  return {
    scope: 'session',
    writesThrough: true,
    create: (outlet) => new BoundedQueue(outlet, settings, settings.overflow),
  };
}

class BoundedQueue extends QueueingPolicy {
  constructor(
    outlet: FlowOutlet,
    limits: QueueLimits,
    private readonly overflow: 'disconnect' | 'dropOldest',
  ) {
    super(outlet, limits);
  }

  protected hold(frame: Buffer): void {
    if (this.fits(frame)) {
      this.queue.push(frame);
    } else if (this.overflow === 'disconnect') {
      this.evict('outbound queue is full', 1);
    } else {
      this.makeRoom(frame);
    }
  }

  private makeRoom(frame: Buffer): void {
    let lost = 0;
    while (!this.fits(frame) && this.queue.shift() !== undefined) lost++;
    if (this.fits(frame)) this.queue.push(frame);
    else lost++;
    this.outlet.dropped(lost, 'overflow');
  }
}
