/** Messages of a beacon node of today as events of the old socket: pure functions (contract 13). */
import type { Attestation, Hex } from '../objects/beacon-objects.js';
import type { Finalization } from '../objects/beacon-events.js';
import type {
  AttestationMessage,
  FinalizedMessage,
  HeaderPlace,
  HeadMessage,
  HeadPlace,
  SingleAttestationMessage,
} from './beacon-api.js';

/** A head as its message names it; `head_v2` has it one level down. */
export function headMessageOf(event: 'head' | 'head_v2', data: unknown): HeadMessage {
  return event === 'head' ? (data as HeadMessage) : (data as { data: HeadMessage }).data;
}

/** The checkpoint's block is what counts, not its state. */
export function finalizationOf({ epoch, block }: FinalizedMessage): Finalization {
  return { epoch, root: block };
}

/**
 * An attestation in its old form.
 *
 * @returns undefined if it is of several committees: the old form has one, and how long the others' parts are is not known.
 */
export function attestationOf({
  committee_bits,
  aggregation_bits,
  data,
  signature,
}: AttestationMessage): Attestation | undefined {
  if (committee_bits === undefined) return { aggregation_bits, data, signature };
  const [index, ...others] = bitsSet(committee_bits);
  if (index === undefined || others.length > 0) return undefined;
  return { aggregation_bits, data: { ...data, index }, signature };
}

/**
 * One validator's vote as an aggregate of one.
 *
 * @param committee its validators, in order.
 * @returns undefined if the attester is not among them.
 */
export function singleAttestationOf(
  { committee_index, attester_index, data, signature }: SingleAttestationMessage,
  committee: readonly string[],
): Attestation | undefined {
  const position = committee.indexOf(attester_index);
  if (position < 0) return undefined;
  return {
    aggregation_bits: oneBit(position, committee.length),
    data: { ...data, index: committee_index },
    signature,
  };
}

/** How far back the node itself could tell, slots. */
const FARTHEST_SLOTS = 8192;

/**
 * Whether the previous head is no ancestor of the new one, judged by the block at the previous head's slot. What cannot be
 * told is a reorg, as in the node.
 *
 * @param headerOf a block's header; undefined if the node does not know it.
 */
export async function isReorg(
  previous: HeadPlace,
  next: HeadPlace,
  headerOf: (root: Hex) => Promise<HeaderPlace | undefined>,
): Promise<boolean> {
  if (next.slot <= previous.slot || next.slot - previous.slot > FARTHEST_SLOTS) return true;
  for (let at = await headerOf(next.root); at !== undefined; at = await headerOf(at.parent)) {
    if (at.slot <= previous.slot) return at.root !== previous.root;
    if (at.parent === previous.root) return false;
  }
  return true;
}

/** Positions of the bits that are set, from the lowest bit of the first byte on. */
function bitsSet(hex: Hex): number[] {
  return [...Buffer.from(hex.slice(2), 'hex')].flatMap((byte, place) =>
    Array.from({ length: 8 }, (_, bit) => bit)
      .filter((bit) => ((byte >> bit) & 1) === 1)
      .map((bit) => 8 * place + bit),
  );
}

/** A bit list with one bit set, and the 1 behind it that marks its length. */
function oneBit(position: number, length: number): Hex {
  const bytes = Buffer.alloc(Math.floor(length / 8) + 1);
  for (const bit of [position, length]) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
  return `0x${bytes.toString('hex')}`;
}
