/** What a module of a server under measurement exports, and what it is asked to do. */

/** Identifies one event and says when it was due. */
export interface Stamp {
  readonly sequence: number;
  /** Microseconds of the monotonic clock. */
  readonly at: number;
}

/** A server that runs. */
export interface MeasuredServer {
  readonly url: string;
  /** Hands one event to those who are to get it; throws or rejects if it cannot. Scenarios without volleys need none. */
  publish?(stamp: Stamp): unknown;
  /** Does without any client what the scenario is about, so many times. */
  perform?(times: number): unknown;
  /** The process whose processor time and memory count; default: this one. */
  readonly pid?: number;
}

/** A module of a server exports one of these as `start`. */
export type StartServer<P = never> = (parameters: P) => Promise<MeasuredServer>;

/** Events to publish: `perTurn` in one turn of the event loop, the next turn `everyMs` later. */
export interface Volley {
  readonly events: number;
  readonly perTurn: number;
  /** Milliseconds; 0: as soon as the loop comes round again. */
  readonly everyMs: number;
  /** Sequence number of the first. */
  readonly first: number;
}
