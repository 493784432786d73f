import { describe, expect, it } from '@jest/globals';
import type { RegularBlock } from '@sluice/hathor/codec';
import type { SubmittedBlock } from '@sluice/hathor';
import {
  drafted,
  mergeMined,
  minedBlock,
  submission,
  templateOf,
} from '../../../test/support/miner.js';
import { recordedChain } from '../../../test/support/recorded-chain.js';
import type { HathorMockChain } from '../hathor-mock-chain.js';
import { VertexRejectedError } from '../verification/vertex-rejected.error.js';
import { prove } from './proof-of-work.js';

/** What the chain says; anything but `accepted` must have changed nothing. */
function outcome(chain: HathorMockChain, block: SubmittedBlock): string {
  const { size } = chain;
  const said = answer(chain, block);
  expect(chain.size).toBe(said === 'accepted' ? size + 1 : size);
  return said;
}

function answer(chain: HathorMockChain, block: SubmittedBlock): string {
  try {
    return chain.submitBlock(block);
  } catch (error) {
    if (!(error instanceof VertexRejectedError)) throw error;
    return error.code;
  }
}

describe('a block from a miner', () => {
  it('is accepted, announced and the new best block', () => {
    const { chain, events } = recordedChain(3);
    const block = minedBlock(templateOf(chain), { data: new TextEncoder().encode('hello') });
    expect(outcome(chain, block)).toBe('accepted');
    expect(chain.best.hash).toBe(block.id);
    expect(chain.height).toBe(4);
    expect(events.at(-1)).toMatchObject({ type: 'vertex.accepted', data: { hash: block.id } });
    const template = chain.node.templateOn(block);
    expect(template).toEqual(templateOf(chain));
    expect(template).toMatchObject({
      parents: [block.id, ...template.parents.slice(1)],
      height: 5,
    });
  });

  it('is accepted when it is merge-mined', () => {
    const { chain } = recordedChain(3);
    const block = mergeMined(drafted(templateOf(chain)));
    expect(outcome(chain, block)).toBe('accepted');
    expect(chain.best).toMatchObject({ hash: block.id, version: 3, nonce: 0 });
  });

  it('is stale once another one has come, or itself, whatever else is wrong with it', () => {
    const { chain } = recordedChain(3);
    const template = templateOf(chain);
    const first = minedBlock(template);
    const late = minedBlock(template, { timestamp: template.timestamp_min + 1 });
    expect(outcome(chain, first)).toBe('accepted');
    expect(outcome(chain, late)).toBe('stale');
    expect(outcome(chain, first)).toBe('stale');
    expect(
      outcome(chain, submission(drafted(template, { weight: 1, data: new Uint8Array(101) }))),
    ).toBe('stale');
    expect(outcome(chain, submission(drafted({ ...template, parents: ['ff'.repeat(32)] })))).toBe(
      'stale',
    );
  });

  it('mined for one template is good while only transactions have come', () => {
    const { chain } = recordedChain(3);
    const block = minedBlock(templateOf(chain));
    chain.transfer();
    chain.transfer();
    expect(outcome(chain, block)).toBe('accepted');
    expect(chain.mempool).toHaveLength(2);
  });

  const { chain } = recordedChain(3);
  const template = templateOf(chain);
  const [parent = '', first = '', second = ''] = template.parents;
  const [output] = drafted(template).outputs;
  if (output === undefined) throw new Error('a block without output');
  const { timestamp_min: earliest, timestamp_max: latest } = template;

  it.each<[string, string, Partial<RegularBlock>]>([
    ['WEIGHT', 'a weight below the least', { weight: template.weight - 1e-9 }],
    ['REWARD', 'too high a reward', { outputs: [output, { ...output, value: 1n }] }],
    ['REWARD', 'too low a reward', { outputs: [{ ...output, value: 6399n }] }],
    ['OUTPUTS', 'a custom token', { outputs: [{ ...output, tokenData: 1 }] }],
    ['PARENTS', 'one transaction only', { parents: [parent, first] }],
    ['PARENTS', 'the same transaction twice', { parents: [parent, first, first] }],
    ['PARENTS', 'an unknown transaction', { parents: [parent, first, 'ee'.repeat(32)] }],
    ['PARENTS', 'a second block', { parents: [parent, chain.blockAt(1)?.hash ?? '', second] }],
    ['TIMESTAMP', 'a time before the earliest', { timestamp: earliest - 1 }],
    ['TIMESTAMP', 'a time more than 300 s in the future', { timestamp: latest + 1 }],
    ['SIGNAL_BITS', 'unknown signal bits', { signalBits: 0x10 }],
  ])('is refused as %s with %s', (code, _, changes) => {
    expect(outcome(chain, minedBlock(template, changes))).toBe(code);
  });

  it('is refused as DATA with more than 100 bytes of data', () => {
    expect(outcome(chain, minedBlock(template, { data: new Uint8Array(101) }))).toBe('DATA');
  });

  it.each([
    ['more than 12 links', { merklePath: Array.from({ length: 13 }, () => new Uint8Array(32)) }],
    ['a link of another size', { merklePath: [new Uint8Array(31)] }],
    ['a coinbase head without the magic', { coinbaseHead: new TextEncoder().encode('coin') }],
    ['a coinbase head that goes on', { coinbaseHead: new TextEncoder().encode('Hath ') }],
    ['a coinbase head with two', { coinbaseHead: new TextEncoder().encode('Hath Hath') }],
  ])('is refused as AUX_POW with %s', (_, changes) => {
    expect(outcome(chain, mergeMined(drafted(template), changes))).toBe('AUX_POW');
  });

  it('is refused as PROOF_OF_WORK when its id is not below its target', () => {
    const { block } = minedBlock(template);
    const forged = { ...(block as RegularBlock), weight: 60 };
    expect(outcome(chain, submission(forged))).toBe('PROOF_OF_WORK');
    expect(outcome(chain, submission(prove({ ...forged, weight: template.weight + 2 })))).toBe(
      'accepted',
    );
  });

  it('added beside the best chain reorganises it when it is heavier', () => {
    const { chain, events } = recordedChain(3);
    const before = templateOf(chain);
    chain.submitBlock(minedBlock(before));
    const { best } = chain;
    const rival = minedBlock(before, { weight: before.weight + 1 });
    expect(outcome(chain, rival)).toBe('stale');
    chain.addVertex(rival.block);
    expect(chain.best.hash).toBe(rival.id);
    expect(chain.vertex(best.hash)?.metadata.voided_by).toEqual([best.hash]);
    expect(events.map(({ type }) => type)).toContain('reorg.started');
    expect(templateOf(chain).parents[0]).toBe(rival.id);
  });
});
