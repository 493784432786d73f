import type { CheckContext } from './runner/check-context.js';

/** The dialects that can be judged. */
export const DIALECTS = ['hathor', 'nano', 'lighthouse', 'bigchaindb', 'basalt'] as const;

/** Name of a dialect. */
export type Dialect = (typeof DIALECTS)[number];

/** Which of two readings of a contract a server follows: the published page, or the reference node. */
export type Compat = 'published' | 'node';

/**
 * What a check cannot do without:
 *
 * - `activity`: something that happens on the chain, by itself or through a driver.
 * - `driver`: something particular that only a driver can bring about.
 * - `time`: half a minute or more, however fast the server is.
 * - `stress`: many connections or large messages; such checks run only when they are asked for.
 */
export type Need = 'activity' | 'driver' | 'time' | 'stress';

/** One rule of a contract and how to see from outside whether a server keeps it. */
export interface ConformanceCheck {
  /** The contract's section, `nano §11.7` for instance. */
  readonly ref: string;
  /** What holds, as a sentence. */
  readonly title: string;
  /** Default: nothing but the server. */
  readonly needs?: readonly Need[];
  /** The only reading under which this holds. Default: it holds under both. */
  readonly compat?: Compat;
  /** Which of the dialect's endpoints is judged, where it has several: the path's last segment. */
  readonly endpoint?: string;
  /**
   * Judges.
   * @throws Mismatch if the server does something else, SkipCheck if that cannot be seen here.
   */
  run(context: CheckContext): Promise<void>;
}
