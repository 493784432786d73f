import type { BlockTemplate } from '../codec/block-template.js';
import { minimalBlock } from '../codec/block-template.js';
import type { UnminedBlock } from '../codec/vertex.js';

/** What a block that is handed out to be mined may have of its own. */
export interface DraftWishes {
  /** Default: a block of the smallest version. */
  readonly version?: UnminedBlock['version'];
  /** Of the output with the reward; default empty. */
  readonly script?: Uint8Array;
}

/** A block to be mined at once: the minimal one at the time of the chain's clock, within the template's bounds. */
export function blockDraft(template: BlockTemplate, wishes: DraftWishes = {}): UnminedBlock {
  const block = minimalBlock(template);
  const { timestamp_now, timestamp_min, timestamp_max } = template;
  const { version = block.version, script } = wishes;
  return {
    ...block,
    version,
    timestamp: Math.min(Math.max(timestamp_now, timestamp_min), timestamp_max),
    outputs: block.outputs.map((output) => (script === undefined ? output : { ...output, script })),
  };
}
