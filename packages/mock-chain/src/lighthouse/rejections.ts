/** Blocks and attestations that a node refuses, with the node's reasons (contract 11). */
import type { Attestation, Hex, SignedBeaconBlock } from '@sluice/lighthouse';

/** Why a block is refused. */
export const BLOCK_REJECTIONS = [
  'already-known',
  'bad-signature',
  'future-slot',
  'parent-unknown',
  'invalid-exit',
] as const;
export type BlockRejection = (typeof BLOCK_REJECTIONS)[number];

/** Why an attestation is refused. */
export const ATTESTATION_REJECTIONS = ['future-slot', 'unknown-head', 'empty-bits'] as const;
export type AttestationRejection = (typeof ATTESTATION_REJECTIONS)[number];

/** Largest unsigned 64-bit integer: an exit may carry any epoch. */
const FAR_FUTURE_EPOCH = 2n ** 64n - 1n;

/** What the chain has to build something that it then refuses. */
export interface RejectionContext {
  readonly presentSlot: number;
  readonly presentEpoch: number;
  /** The newest block. */
  readonly known: SignedBeaconBlock;
  /** A block that would be valid. */
  readonly next: SignedBeaconBlock;
  readonly unknownRoot: Hex;
}

type Refused<T> = readonly [reason: string, subject: T];

const BLOCKS: Readonly<
  Record<BlockRejection, (context: RejectionContext) => Refused<SignedBeaconBlock>>
> = {
  'already-known': ({ known }) => ['BlockIsAlreadyKnown', known],
  'bad-signature': ({ next }) => ['ProposalSignatureInvalid', next],
  'future-slot': ({ next, presentSlot }) => {
    const slot = presentSlot + 2;
    return [
      `FutureSlot { present_slot: Slot(${String(presentSlot)}), block_slot: Slot(${String(slot)}) }`,
      { ...next, message: { ...next.message, slot } },
    ];
  },
  'parent-unknown': ({ next, unknownRoot }) => [
    `ParentUnknown(parent_root:${shortRoot(unknownRoot)})`,
    { ...next, message: { ...next.message, parent_root: unknownRoot } },
  ],
  'invalid-exit': ({ next, presentEpoch }) => {
    const { body } = next.message;
    const exit = {
      message: { epoch: FAR_FUTURE_EPOCH, validator_index: 2n ** 53n + 1n },
      signature: next.signature,
    };
    return [
      `PerBlockProcessingError(ExitInvalid { index: 0, reason: FutureEpoch { state: Epoch(${String(presentEpoch)}), exit: Epoch(${String(FAR_FUTURE_EPOCH)}) } })`,
      { ...next, message: { ...next.message, body: { ...body, voluntary_exits: [exit] } } },
    ];
  },
};

const ATTESTATIONS: Readonly<
  Record<
    AttestationRejection,
    (attestation: Attestation, context: RejectionContext) => Refused<Attestation>
  >
> = {
  'future-slot': (attestation, { presentSlot }) => {
    const slot = presentSlot + 4;
    return [
      `AttestsToFutureState { state: Slot(${String(presentSlot)}), attestation: Slot(${String(slot)}) }`,
      { ...attestation, data: { ...attestation.data, slot } },
    ];
  },
  'unknown-head': (attestation, { unknownRoot }) => [
    `UnknownHeadBlock { beacon_block_root: ${unknownRoot} }`,
    { ...attestation, data: { ...attestation.data, beacon_block_root: unknownRoot } },
  ],
  'empty-bits': (attestation) => [
    'EmptyAggregationBitfield',
    { ...attestation, aggregation_bits: '0x01' },
  ],
};

export function rejectedBlock(
  why: BlockRejection,
  context: RejectionContext,
): { readonly reason: string; readonly block: SignedBeaconBlock } {
  const [reason, block] = BLOCKS[why](context);
  return { reason: `Invalid block: ${reason}`, block };
}

export function rejectedAttestation(
  why: AttestationRejection,
  valid: Attestation,
  context: RejectionContext,
): { readonly reason: string; readonly attestation: Attestation } {
  const [reason, attestation] = ATTESTATIONS[why](valid, context);
  return { reason: `Invalid attestation: ${reason}`, attestation };
}

/** A root as the node shortens it: two bytes, an ellipsis, two bytes. */
function shortRoot(root: Hex): string {
  return `${root.slice(0, 6)}…${root.slice(-4)}`;
}
