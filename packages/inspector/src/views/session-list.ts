import type { StoredStream, Session } from '@sluice/engine';
import type { SessionDetails, SessionRegistry } from '@sluice/nestjs';
import { sessionRow, sessionView, type SessionRow, type SessionView } from './session-view.js';

/** Which sessions a page wants; without members all. */
export interface SessionFilter {
  /** Class name of a gateway: several gateways on ports of their own may have the same path. */
  readonly gateway?: string;
  /** A part of the address or of the request's path. */
  readonly text?: string;
  /** Rows to pass over; default 0. */
  readonly offset?: number;
}

export interface SessionPage {
  readonly rows: readonly SessionRow[];
  /** Sessions that fit. */
  readonly total: number;
  readonly offset: number;
}

/** Rows of one answer: with many thousands of sessions nobody reads them all. */
const PAGE_ROWS = 100;

/** The sessions, under numbers that they keep for as long as they live. Numbers are given when a page first asks. */
export class SessionList {
  private readonly ids = new WeakMap<Session, number>();
  private lastId = 0;

  constructor(
    private readonly registry: SessionRegistry,
    private readonly streams: () => readonly StoredStream[],
  ) {}

  page({ gateway, text, offset = 0 }: SessionFilter): SessionPage {
    const rows: SessionRow[] = [];
    const streams = this.streams();
    const wanted = text?.toLowerCase();
    let total = 0;
    for (const details of this.registry.details()) {
      if (gateway !== undefined && details.gateway !== gateway) continue;
      if (wanted !== undefined && !fits(details, wanted)) continue;
      if (total >= offset && rows.length < PAGE_ROWS) {
        rows.push(sessionRow(this.idOf(details.session), details, streams));
      }
      total++;
    }
    return { rows, total, offset };
  }

  view(id: number): SessionView | undefined {
    const details = this.find(id);
    return details && sessionView(id, details, this.streams());
  }

  /** Ends a session. @returns false if there is none of that number. */
  disconnect(id: number, code: number): boolean {
    const session = this.find(id)?.session;
    if (session === undefined) return false;
    // A Close frame would wait behind what the client does not read.
    if (session.writable) session.close(code, 'disconnected by an operator');
    else session.terminate();
    return true;
  }

  private find(id: number): SessionDetails | undefined {
    for (const details of this.registry.details()) {
      if (this.ids.get(details.session) === id) return details;
    }
    return undefined;
  }

  private idOf(session: Session): number {
    let id = this.ids.get(session);
    if (id === undefined) {
      id = ++this.lastId;
      this.ids.set(session, id);
    }
    return id;
  }
}

/** The query is not looked at: whether a secret contains a text must not be found out either. */
function fits({ session: { info } }: SessionDetails, text: string): boolean {
  const [path = ''] = info.url.split('?', 1);
  return info.address.toLowerCase().includes(text) || path.toLowerCase().includes(text);
}
