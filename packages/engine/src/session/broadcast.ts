/**
 * What many sessions are sent alike is kept once: one chain of frames for all topics of an endpoint, in order of
 * publication. A session that is owed some of it knows where in the chain that begins, and no more; entries that nobody
 * is owed any longer are garbage. So a message costs one entry, however many sessions get it.
 */
import type { BroadcastEntry } from './broadcast-entry.js';
import { FrameJoiner } from './frame-joiner.js';
import type { Session } from './session.js';

/** The chain of one endpoint. */
export class Broadcast {
  private newest: BroadcastEntry | undefined;
  /** Those with sessions on them. */
  private readonly lanes = new Set<Lane>();
  /** Sessions that are owed something. */
  private owing = 0;
  /** No session is owed more than this. */
  private bytes = 0;
  /** Above this a session is not made to wait for the end of the turn. */
  private limit = Infinity;
  /** How often there came to be a session that is owed nothing. */
  private changes = 0;

  /** @internal Puts a frame behind all others. */
  append(lane: Lane, frame: Buffer): void {
    const entry = { lane, frame, next: undefined };
    if (this.newest !== undefined) this.newest.next = entry;
    this.newest = entry;
    this.bytes += frame.length;
    // In a burst all are owed something already.
    if (lane.seenChanges !== this.changes) {
      lane.seenChanges = this.changes;
      this.owe(entry);
    }
    if (this.bytes > this.limit) this.relieve();
  }

  /** @internal A session is on a lane and owed nothing. */
  joined(lane: Lane, session: Session): void {
    this.lanes.add(lane);
    this.limit = Math.min(this.limit, session.outboundBytes);
    this.changes++;
  }

  /** @internal A session has left a lane. */
  left(lane: Lane): void {
    if (lane.sessions.size === 0) this.lanes.delete(lane);
  }

  /** @internal A session is no longer owed anything. */
  settled(): void {
    this.changes++;
    if (--this.owing > 0) return;
    this.newest = undefined;
    this.bytes = 0;
  }

  private owe(entry: BroadcastEntry): void {
    for (const session of entry.lane.sessions) if (session.owe(entry)) this.owing++;
  }

  /** Whoever is owed anything keeps all that came after it. */
  private relieve(): void {
    const joiner = new FrameJoiner();
    for (const { sessions } of this.lanes) {
      for (const session of sessions) session.relieve(joiner);
    }
  }
}

/** Sessions that are sent all messages of one kind as they come. All of them have room: who has none leaves the lane. */
export class Lane {
  readonly sessions = new Set<Session>();
  /** @internal Changes of the broadcast after which all sessions of the lane were owed something. */
  seenChanges = 0;

  constructor(readonly broadcast: Broadcast) {}

  add(session: Session): void {
    session.takeOwed();
    this.sessions.add(session);
    this.broadcast.joined(this, session);
  }

  /** What was sent on the lane so far still reaches the session. */
  remove(session: Session): void {
    session.takeOwed();
    this.sessions.delete(session);
    this.broadcast.left(this);
  }

  /** Sends a frame to all sessions of the lane. */
  send(frame: Buffer): void {
    if (this.sessions.size > 0) this.broadcast.append(this, frame);
  }
}
