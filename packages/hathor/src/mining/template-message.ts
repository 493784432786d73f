import type { BlockTemplate } from '../codec/block-template.js';
import { templateData } from '../codec/block-template.js';

/** A template as miners get it (contract 3.5). */
export interface TemplateMessage extends BlockTemplate {
  /** Bytes of the minimal block without nonce, hex. */
  readonly data: string;
}

/** The message has the contract's members and no others, whatever else an application's template carries. */
export function templateMessage(template: BlockTemplate): TemplateMessage {
  return {
    data: templateData(template),
    versions: template.versions.toSorted(),
    reward: template.reward,
    weight: template.weight,
    timestamp_now: template.timestamp_now,
    timestamp_min: template.timestamp_min,
    timestamp_max: template.timestamp_max,
    parents: template.parents,
    parents_any: template.parents_any,
    height: template.height,
    score: template.score,
    signal_bits: template.signal_bits,
  };
}
