import type { Session } from './session.js';

/** Identifies a piece of per-session state, see {@link Session.state}. */
export class SessionKey<T> {
  /** @param create makes the state on first use. */
  constructor(
    readonly name: string,
    readonly create: (session: Session) => T,
  ) {}
}
