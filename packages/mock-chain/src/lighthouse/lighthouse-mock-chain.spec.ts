import { describe, expect, it } from '@jest/globals';
import { beaconWire, blockRoot } from '@sluice/lighthouse';
import type { MockBeaconEvent } from './beacon-event.js';
import { ChainRefusedError } from './chain-refused.error.js';
import { LighthouseMockChain, type LighthouseMockChainOptions } from './lighthouse-mock-chain.js';
import { ATTESTATION_REJECTIONS, BLOCK_REJECTIONS } from './rejections.js';

function recorded(options: Partial<LighthouseMockChainOptions> = {}) {
  const chain = new LighthouseMockChain({ seed: 1, slotsPerEpoch: 8, ...options });
  const events: MockBeaconEvent[] = [];
  chain.on((event) => events.push(event));
  const kinds = () => events.splice(0).map(({ type }) => type);
  return { chain, events, kinds };
}

const IMPORTED = 'beacon.block-imported';
const HEAD = 'beacon.head-changed';
const FINALIZATION = 'beacon.finalization';

describe('the beacon chain', () => {
  it('imports a block in each slot and moves its head there', () => {
    const { chain, events } = recorded();
    const previous = chain.head.root;
    const { root, slot } = chain.slot();
    expect(slot).toBe(1);
    expect(chain.head).toEqual({ root, slot: 1 });
    expect(events.map(({ type }) => type)).toEqual([IMPORTED, HEAD]);
    expect(events[1]?.data).toEqual({
      reorg: false,
      current_head_beacon_block_root: root,
      previous_head_beacon_block_root: previous,
    });
  });

  it('gives blocks their real roots', () => {
    const { chain, events } = recorded();
    chain.slot({ attestations: 3, operations: true });
    const [imported] = events;
    if (imported?.type !== IMPORTED) throw new Error('nothing was imported');
    expect(imported.data.block_root).toBe(blockRoot(imported.data.block.message));
    expect(imported.data.block.message.body.attestations).toHaveLength(3);
    expect(imported.data.block.message.body.deposits[0]?.proof).toHaveLength(33);
  });

  it('finalizes two epochs back with the first block of an epoch, before the head moves', () => {
    const { chain, kinds } = recorded();
    const roots = Array.from({ length: 23 }, () => chain.slot().root);
    kinds();
    chain.slot();
    expect(kinds()).toEqual([IMPORTED, FINALIZATION, HEAD]);
    expect(chain.finalized).toEqual({ epoch: 1, root: roots[7] });
  });

  it('finalizes the last block before an epoch whose first slots are empty, and may jump', () => {
    const { chain, events } = recorded();
    const { root } = chain.slot();
    chain.skipSlot(8 * 5);
    chain.slot();
    expect(chain.finalized).toEqual({ epoch: 3, root });
    expect(events.at(-2)).toEqual({ type: FINALIZATION, data: { epoch: 3, root } });
  });

  it('imports a batch with one head for all', () => {
    const { chain, events, kinds } = recorded();
    const before = chain.head.root;
    const blocks = chain.importBatch(3);
    expect(events.at(-1)?.data).toMatchObject({
      reorg: false,
      current_head_beacon_block_root: blocks[2]?.root,
      previous_head_beacon_block_root: before,
    });
    expect(kinds()).toEqual([IMPORTED, IMPORTED, IMPORTED, HEAD]);
  });

  it('turns to another branch when that has more votes', () => {
    const { chain, events } = recorded();
    const [, second] = chain.importBatch(4);
    events.length = 0;
    const { root } = chain.reorg(2);
    const [imported, head] = events;
    expect(imported?.data).toMatchObject({ block: { message: { parent_root: second?.root } } });
    expect(head?.data).toMatchObject({ reorg: true, current_head_beacon_block_root: root });
  });

  it('says nothing of a head that stays, when a block comes too late', () => {
    const { chain, kinds } = recorded();
    const parent = chain.head.root;
    chain.slot();
    kinds();
    chain.produce({ parent, votes: 0 });
    expect(kinds()).toEqual([IMPORTED]);
  });

  it('calls a sibling in the same slot a reorg', () => {
    const { chain, events } = recorded();
    const parent = chain.head.root;
    chain.slot();
    chain.produce({ parent, votes: 2 });
    expect(events.at(-1)?.data).toMatchObject({ reorg: true });
  });

  it('advances finality when told to', () => {
    const { chain, events } = recorded();
    expect(chain.finalise().epoch).toBe(1);
    expect(chain.finalise().epoch).toBe(2);
    expect(events.filter(({ type }) => type === FINALIZATION)).toHaveLength(2);
  });

  it('refuses what is final, unknown or has no slot, and changes nothing', () => {
    const { chain, kinds } = recorded();
    chain.finalise();
    kinds();
    expect(() => chain.reorg(100)).toThrow(ChainRefusedError);
    expect(() => chain.produce({ parent: `0x${'11'.repeat(32)}` })).toThrow(ChainRefusedError);
    expect(() => chain.produce()).toThrow('The slot has a block already');
    expect(kinds()).toEqual([]);
  });

  it.each(BLOCK_REJECTIONS)('refuses a block: %s', (why) => {
    const { chain, events } = recorded();
    chain.slot();
    const { head } = chain;
    events.length = 0;
    chain.rejectBlock(why);
    expect(events).toHaveLength(1);
    expect(events[0]?.data).toMatchObject({ reason: expect.stringMatching(/^Invalid block: \w/) });
    expect(chain.head).toEqual(head);
  });

  it.each(ATTESTATION_REJECTIONS)('refuses an attestation: %s', (why) => {
    const { chain, events } = recorded();
    chain.rejectAttestation(why);
    expect(events[0]?.data).toMatchObject({
      reason: expect.stringMatching(/^Invalid attestation: \w/),
    });
  });

  it('can have gone for a while before anybody listens', () => {
    const { chain, kinds } = recorded({ warmUpSlots: 23 });
    expect([chain.presentSlot, chain.head.slot]).toEqual([23, 23]);
    chain.slot();
    expect(kinds()).toEqual([IMPORTED, FINALIZATION, HEAD]);
  });

  it('says nothing that has no form on the wire', () => {
    const { chain, events } = recorded();
    const wire = beaconWire({ numbers: 'plain', blocks: 'phase0', body: 'phase0' });
    chain.slot({ attestations: 4, operations: true });
    chain.attest();
    for (const why of BLOCK_REJECTIONS) chain.rejectBlock(why);
    for (const why of ATTESTATION_REJECTIONS) chain.rejectAttestation(why);
    chain.finalise();
    for (const { type, data } of events) expect(() => wire[type](data as never)).not.toThrow();
  });
});
