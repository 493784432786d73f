import type { DialectName } from '../../src/config/sample-config.js';
import type { FuzzSample } from './fuzz-sample.js';

/** One endpoint that is fuzzed. */
export interface FuzzTarget {
  readonly name: string;
  readonly dialect: DialectName;
  /** Where it is. */
  url(sample: FuzzSample): string;
  /** Valid messages, from which the inputs are made. */
  examples(sample: FuzzSample): readonly unknown[];
  /** @throws unless the text is a message that the dialect has. */
  check(text: string): void;
  /** A conversation of a client that does everything right. @throws unless it is served as the contract says. */
  witness(sample: FuzzSample): Promise<void>;
}
