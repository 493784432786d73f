import type { FlowMessage, FlowOutlet, FlowPolicy, SessionFlowControl } from './flow-control.js';
import { checkFlowOptions, optionalFunction, positiveInteger } from './flow-options.js';
import type { QueueLimits } from './queueing-policy.js';

/** Options of {@link latestOnly}. */
export interface LatestOnlyOptions<E = unknown> {
  /** What an event is the latest of: events with the same key replace each other. Default: one key for all events. */
  readonly by?: (event: E) => unknown;
  /** Most messages, one per key, that wait for one session; default 1000. */
  readonly messages?: number;
  /** Most bytes that wait for one session; default 1 MiB. */
  readonly bytes?: number;
}

const DEFAULTS = { messages: 1000, bytes: 1024 * 1024 };

/**
 * Sends every message while the socket has room. While it is full, only the newest message of each key waits; when
 * there is room again they are sent in the order of their events. At either limit the key that has been quiet longest
 * is dropped. Replaced and dropped messages count as dropped.
 *
 * @throws SluiceError `INVALID` that lists every faulty option.
 */
export function latestOnly<E = unknown>(options: LatestOnlyOptions<E> = {}): SessionFlowControl<E> {
  const settings = { ...DEFAULTS, ...options };
  checkFlowOptions('latestOnly', settings, {
    by: optionalFunction,
    messages: positiveInteger,
    bytes: positiveInteger,
  });
  const by = settings.by ?? (() => undefined);
  return {
    scope: 'session',
    writesThrough: true,
    create: (outlet) => new LatestOnly(outlet, settings, by),
  };
}

class LatestOnly<E> implements FlowPolicy<E> {
  /** Insertion order is the order of events: a replacement moves to the end. */
  private readonly waiting = new Map<unknown, Buffer>();
  private bytes = 0;

  constructor(
    private readonly outlet: FlowOutlet,
    private readonly limits: QueueLimits,
    private readonly by: (event: E) => unknown,
  ) {}

  get held(): { messages: number; bytes: number } {
    return { messages: this.waiting.size, bytes: this.bytes };
  }

  offer({ frame, event }: FlowMessage<E>): void {
    if (this.waiting.size === 0 && this.outlet.writable) {
      this.outlet.write(frame);
      return;
    }
    const key = this.by(event);
    if (this.remove(key)) this.outlet.dropped(1, 'replaced');
    this.waiting.set(key, frame);
    this.bytes += frame.length;
    let lost = 0;
    for (const quietest of this.waiting.keys()) {
      if (this.waiting.size <= this.limits.messages && this.bytes <= this.limits.bytes) break;
      this.remove(quietest);
      lost++;
    }
    if (lost > 0) this.outlet.dropped(lost, 'overflow');
  }

  drained(): void {
    for (const [key, frame] of this.waiting) {
      if (!this.outlet.writable) return;
      this.remove(key);
      this.outlet.write(frame);
    }
  }

  end(): void {
    this.waiting.clear();
    this.bytes = 0;
  }

  private remove(key: unknown): boolean {
    const frame = this.waiting.get(key);
    if (frame === undefined) return false;
    this.bytes -= frame.length;
    return this.waiting.delete(key);
  }
}
