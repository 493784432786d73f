import type { Compat, Dialect } from '../check.js';

/** What became of one check. */
export interface CheckResult {
  readonly ref: string;
  readonly title: string;
  readonly endpoint?: string;
  readonly outcome: 'pass' | 'fail' | 'skipped';
  /** Of a failure: what the contract says. */
  readonly expected?: string;
  /** Of a failure: what was there instead. */
  readonly seen?: string;
  /** Of a failure: the last messages, oldest first: number of the connection, `<` from or `>` to the server, text. */
  readonly wire?: readonly string[];
  /** Of a check that was skipped. */
  readonly why?: string;
  /** Milliseconds. */
  readonly tookMs: number;
}

/** What became of a run. */
export interface ConformanceReport {
  readonly dialect: Dialect;
  readonly url: string;
  readonly compat?: Compat;
  /** In the order in which they ran. Empty if nobody could be reached. */
  readonly results: readonly CheckResult[];
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Why nothing could be judged: no connection, no WebSocket. */
  readonly unreachable?: string;
  /** Milliseconds. */
  readonly tookMs: number;
}
