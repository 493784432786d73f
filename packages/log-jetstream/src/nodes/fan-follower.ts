/**
 * Puts a gateway's frames in order. Every event of a writer's run has a number, so that what is missing is seen with the next
 * frame (a writer with nothing to say sends an empty one now and then), and asked for; meanwhile newer frames wait.
 */
import type { Clock, FanOutListener } from '@sluice/engine';
import type { FanFrame, WriterRun } from './fan-frame.js';

/** Frames that wait behind a gap; what comes beyond is asked for as well. */
const MOST_HELD = 256;

/** A writer that has been silent for so long may be replaced by one whose clock is behind. */
const SILENCE_MS = 3000;

/** Time for which a writer that does not answer is asked again. */
const PATIENCE_MS = 5000;
const PAUSE_MS = 100;

/** Asks a writer for the frame with this event. Rejects if no answer comes. */
export type AskForFrame = (run: WriterRun, number: number) => Promise<FanFrame>;

export class FanFollower {
  private run: WriterRun | undefined;
  private nobodyYet = false;
  /** Number of the event that comes next. */
  private next = 0;
  /** The newest number that is known to have been sent, and one more. */
  private sent = 0;
  private saidGoodbye = false;
  private heardAt = 0;
  private held: FanFrame[] = [];
  /** What came next of runs that were followed before: one that was taken for dead may come back. */
  private readonly past = new Map<string, number>();
  private recovering = false;
  private closed = false;

  constructor(
    private readonly listener: FanOutListener,
    private readonly ask: AskForFrame,
    private readonly clock: Clock,
  ) {}

  /** Takes frames as they come. */
  accept(frame: FanFrame): void {
    if (this.closed || !this.isOfWriter(frame)) return;
    this.heardAt = this.clock.monotonic();
    this.sent = Math.max(this.sent, frame.first + frame.count);
    if (!this.recovering && frame.first <= this.next) {
      this.deliver(frame);
      return;
    }
    if (this.held.length < MOST_HELD) this.held.push(frame);
    if (!this.recovering) void this.recover(frame.run);
  }

  /**
   * There was no writer when this node began to listen: all that the first one says is for it. Otherwise it hears what is sent
   * from the first frame on.
   */
  fromTheBeginning(): void {
    this.nobodyYet = true;
  }

  close(): void {
    this.closed = true;
  }

  /** Whether the frame is of the run that is followed; a newer run is followed from now on. */
  private isOfWriter({ run, first }: FanFrame): boolean {
    if (this.run?.id === run.id) return true;
    if (this.run === undefined) {
      this.begin(run, this.nobodyYet ? 0 : first);
      return true;
    }
    const isSilent = this.clock.monotonic() - this.heardAt > SILENCE_MS;
    if (run.startedAt < this.run.startedAt && !isSilent && !this.saidGoodbye) return false;
    const missing = this.sent - this.next;
    if (missing > 0) this.listener.lost({ reason: 'writer-gone', events: missing });
    if (!this.saidGoodbye) this.listener.lost({ reason: 'writer-changed', events: undefined });
    this.past.set(this.run.id, this.sent);
    this.begin(run, this.past.get(run.id) ?? 0);
    return true;
  }

  private begin(run: WriterRun, next: number): void {
    this.run = run;
    this.next = next;
    this.sent = next;
    this.saidGoodbye = false;
    this.held = [];
    this.recovering = false;
  }

  private deliver(frame: FanFrame): void {
    if (frame.last) this.saidGoodbye = true;
    const end = frame.first + frame.count;
    if (end <= this.next) return;
    while (this.next < end) {
      try {
        for (const event of frame.events(this.next)) {
          this.next += 1;
          this.listener.event(event);
        }
      } catch {
        // Written by a newer Node.js perhaps.
        this.next += 1;
        this.listener.lost({ reason: 'unreadable', events: 1 });
      }
    }
  }

  /** Asks until nothing is missing any more, or the run is followed no longer. */
  private async recover(run: WriterRun): Promise<void> {
    this.recovering = true;
    const followed = (): boolean => !this.closed && this.run?.id === run.id;
    while (followed()) {
      this.deliverHeld();
      if (this.next >= this.sent) {
        this.recovering = false;
        return;
      }
      const found = await this.persistently(run);
      if (!followed()) return;
      if (found === undefined || found.first + found.count <= this.next) {
        this.skip(this.held[0]?.first ?? this.sent, 'writer-gone');
        continue;
      }
      if (found.first > this.next) this.skip(found.first, 'forgotten');
      this.deliver(found);
    }
  }

  private deliverHeld(): void {
    for (let frame = this.held[0]; frame !== undefined && frame.first <= this.next;) {
      this.deliver(frame);
      this.held.shift();
      frame = this.held[0];
    }
  }

  private skip(next: number, reason: 'forgotten' | 'writer-gone'): void {
    this.listener.lost({ reason, events: next - this.next });
    this.next = next;
  }

  private async persistently(run: WriterRun): Promise<FanFrame | undefined> {
    const until = this.clock.monotonic() + PATIENCE_MS;
    while (!this.closed && this.run?.id === run.id) {
      try {
        return await this.ask(run, this.next);
      } catch {
        if (this.clock.monotonic() >= until) return undefined;
        await new Promise<void>((resolve) => this.clock.after(PAUSE_MS, resolve));
      }
    }
    return undefined;
  }
}
