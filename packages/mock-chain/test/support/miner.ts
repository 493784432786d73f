/** What a miner outside the chain makes of a template. */
import { minimalBlock, vertexId } from '@sluice/hathor/codec';
import type { MergeMinedBlock, RegularBlock } from '@sluice/hathor/codec';
import type { BlockTemplate, SubmittedBlock } from '@sluice/hathor';
import type { HathorMockChain } from '../../src/index.js';
import { prove } from '../../src/hathor/mining/proof-of-work.js';

/** The chain's only template. */
export function templateOf(chain: HathorMockChain): BlockTemplate {
  const [template, ...others] = chain.node.templates();
  if (template === undefined || others.length > 0) throw new Error('one template expected');
  return template;
}

/** A block as the template wants it, before its proof of work. */
export function drafted(
  template: BlockTemplate,
  changes: Partial<RegularBlock> = {},
): RegularBlock {
  return { ...minimalBlock(template), version: 0, nonce: 0n, ...changes };
}

export function submission(block: SubmittedBlock['block']): SubmittedBlock {
  return { block, id: vertexId(block), bytes: new Uint8Array() };
}

/** A proven regular block. */
export function minedBlock(...parameters: Parameters<typeof drafted>): SubmittedBlock {
  return submission(prove(drafted(...parameters)));
}

/** The same block with a Bitcoin header as its proof of work. */
export function mergeMined(
  { nonce: _, version: __, ...block }: RegularBlock,
  changes: Partial<MergeMinedBlock['auxPow']> = {},
): SubmittedBlock {
  for (let nonce = 0; ; nonce++) {
    const headerTail = new Uint8Array(12);
    new DataView(headerTail.buffer).setUint32(8, nonce);
    const auxPow = {
      headerHead: new Uint8Array(36).fill(1),
      coinbaseHead: new TextEncoder().encode('coinbase of the parent chain Hath'),
      coinbaseTail: new Uint8Array(20).fill(2),
      merklePath: [new Uint8Array(32).fill(3), new Uint8Array(32).fill(4)],
      headerTail,
      ...changes,
    };
    const mined = submission({ ...block, version: 3, nonce: 0n, auxPow });
    if (mined.id.startsWith('0')) return mined;
  }
}
