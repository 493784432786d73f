import { framesOwed, type BroadcastEntry } from './broadcast-entry.js';
import type { Lane } from './broadcast.js';
import type { Session } from './session.js';

/** Frames to write, and how much they are. */
export interface Share {
  readonly frames: readonly Buffer[];
  readonly bytes: number;
  /** How many messages. */
  readonly count: number;
}

/** The frames in one or more outboxes, and one buffer of all of them once two have the same. */
interface Owed {
  readonly frames: readonly Buffer[];
  joined: readonly Buffer[] | undefined;
}

/**
 * Joins the frames that sessions write one after the other: those that are owed the same frames share one buffer of all
 * of them. An outbox that no other is like is left as it is: how to write it is the socket's business.
 */
export class FrameJoiner {
  private readonly byFirst = new Map<Buffer, Owed>();
  private readonly stretches = new Map<BroadcastEntry, Stretch>();

  /** @returns `frames`, or a single buffer with the same bytes. */
  join(frames: readonly Buffer[], bytes: number): readonly Buffer[] {
    const [first] = frames;
    if (first === undefined || frames.length === 1) return frames;
    const owed = this.byFirst.get(first);
    if (owed === undefined || !sameFrames(owed.frames, frames)) {
      this.byFirst.set(first, { frames, joined: undefined });
      return frames;
    }
    return (owed.joined ??= [Buffer.concat(frames, bytes)]);
  }

  /** What a session is owed of a broadcast from `first` on: one buffer, which it shares with all that are owed the same. */
  share(session: Session, first: BroadcastEntry): Share {
    let stretch = this.stretches.get(first);
    if (stretch === undefined || stretch.last.next !== undefined) {
      stretch = new Stretch(first);
      this.stretches.set(first, stretch);
    }
    return stretch.shareOf(session);
  }
}

/** A part of a broadcast, up to its end. */
class Stretch {
  readonly last: BroadcastEntry;
  private readonly lanes: readonly Lane[];
  /** By the lanes they are of. */
  private readonly shares = new Map<string, Share>();

  constructor(private readonly first: BroadcastEntry) {
    const lanes = new Set([first.lane]);
    let last = first;
    for (let entry = first.next; entry !== undefined; entry = entry.next) {
      lanes.add(entry.lane);
      last = entry;
    }
    this.lanes = [...lanes];
    this.last = last;
  }

  shareOf(session: Session): Share {
    const key = this.lanesOf(session);
    let share = this.shares.get(key);
    if (share === undefined) {
      const frames = framesOwed(session, this.first);
      const bytes = frames.reduce((sum, { length }) => sum + length, 0);
      const count = frames.length;
      share = { frames: count > 1 ? [Buffer.concat(frames, bytes)] : frames, bytes, count };
      this.shares.set(key, share);
    }
    return share;
  }

  /** Who is owed something is on a lane of it: where there is one only, nobody has to ask. */
  private lanesOf(session: Session): string {
    if (this.lanes.length === 1) return '';
    return this.lanes.map(({ sessions }) => (sessions.has(session) ? '1' : '0')).join('');
  }
}

function sameFrames(some: readonly Buffer[], others: readonly Buffer[]): boolean {
  if (some.length !== others.length) return false;
  for (let position = 0; position < some.length; position++) {
    if (some[position] !== others[position]) return false;
  }
  return true;
}
