import { base64 } from '@scure/base';
import type { BlockTemplate } from '../codec/block-template.js';
import { workToWeight } from '../codec/proof-of-work.js';
import type { UnminedBlock } from '../codec/vertex.js';

/** The answer of `GET get_block_template`: a block without hash, inputs and proof of work. */
export function templateAnswer(template: BlockTemplate, block: UnminedBlock): object {
  return {
    timestamp: block.timestamp,
    version: block.version,
    weight: block.weight,
    signal_bits: block.signalBits,
    parents: block.parents,
    outputs: block.outputs.map(({ value, tokenData, script }) => ({
      value,
      token_data: tokenData,
      script: base64.encode(script),
    })),
    metadata: metadata(template),
    tokens: [],
    data: base64.encode(block.data),
    token_amount_version: 1,
  };
}

/** What is known of a block before it exists. */
function metadata({ weight, score, height }: BlockTemplate): object {
  return {
    hash: null,
    spent_outputs: [],
    received_by: [],
    children: [],
    conflict_with: [],
    voided_by: [],
    twins: [],
    accumulated_weight: weight,
    score: workToWeight(score),
    min_height: 0,
    height,
    feature_activation_bit_counts: [],
    first_block: null,
    validation: 'initial',
  };
}
