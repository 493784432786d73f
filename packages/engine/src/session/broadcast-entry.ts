import type { Lane } from './broadcast.js';
import type { Session } from './session.js';

/** A frame for all sessions on the lane, and what was published after it on any lane. */
export interface BroadcastEntry {
  readonly lane: Lane;
  readonly frame: Buffer;
  next: BroadcastEntry | undefined;
}

const NO_FRAMES: readonly Buffer[] = [];

/** What a session is owed from `first` on; nothing without an entry. */
export function framesOwed(session: Session, first: BroadcastEntry | undefined): readonly Buffer[] {
  if (first === undefined) return NO_FRAMES;
  const frames: Buffer[] = [];
  for (let entry: BroadcastEntry | undefined = first; entry !== undefined; entry = entry.next) {
    if (entry.lane.sessions.has(session)) frames.push(entry.frame);
  }
  return frames;
}
