import type { FollowedLog, FollowOptions, LogMarks, LogPage, PageLimits } from './event-log.js';
import { checkRead, closedError } from './log-rules.js';
import type { ContentFollower, StreamContent } from './memory-content.js';

/** A stream in memory, for those who do not write it. */
export class FollowedMemoryLog implements FollowedLog, ContentFollower {
  private closed = false;

  constructor(
    readonly stream: string,
    private readonly content: StreamContent,
    readonly options: FollowOptions,
  ) {
    content.followers.add(this);
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
    this.content.followers.delete(this);
    return Promise.resolve();
  }
}
