import type { FollowedLog, FollowOptions, LogMarks } from './event-log.js';
import { MemoryEvents } from './memory-events.js';

/** What outlives a closed stream in memory. */
export interface StreamContent {
  epoch: string;
  marks: LogMarks;
  events: MemoryEvents;
  /** Told of changes in the moment they happen. */
  readonly followers: Set<ContentFollower>;
}

/** One call of `follow`; several may have the same options. */
export interface ContentFollower extends Pick<FollowedLog, 'close'> {
  readonly options: Pick<FollowOptions, 'onAppend' | 'onRenew'>;
}

export function newContent(epoch: string): StreamContent {
  return { epoch, marks: {}, events: new MemoryEvents(0), followers: new Set() };
}
