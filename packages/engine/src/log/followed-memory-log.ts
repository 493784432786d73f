import type { FollowedLog, FollowOptions, LogMarks, LogPage, PageLimits } from './event-log.js';
import { checkRead, closedError } from './log-rules.js';
import type { StreamContent } from './memory-content.js';

/** A stream in memory, for those who do not write it. */
export class FollowedMemoryLog implements FollowedLog {
  private closed = false;

  constructor(
    readonly stream: string,
    private readonly content: StreamContent,
    private readonly follower: FollowOptions,
  ) {
    content.followers.add(follower);
  }

  get epoch(): string {
    return this.content.epoch;
  }

  get marks(): LogMarks {
    return this.content.marks;
  }

  get first(): number {
    return this.content.events.first;
  }

  get head(): number {
    return this.content.events.head;
  }

  read(from: number, limits: PageLimits): LogPage {
    if (this.closed) throw closedError(`stream '${this.stream}'`);
    checkRead(from, limits, this.first);
    return { from, events: this.content.events.page(from, limits) };
  }

  close(): Promise<void> {
    this.closed = true;
    this.content.followers.delete(this.follower);
    return Promise.resolve();
  }
}
