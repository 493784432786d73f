/** What a beacon node of today tells: its event stream's messages and its answers (contract 13). */
import type { Attestation, AttestationData, Hex } from '../objects/beacon-objects.js';

/** A message of the event stream, or a comment in it. */
export type StreamMessage =
  { readonly event: string; readonly data: unknown } | { readonly comment: string };

/** Where a block stands. */
export interface HeadPlace {
  readonly root: Hex;
  readonly slot: number;
}

/** A block's place, and what it was built on. */
export interface HeaderPlace extends HeadPlace {
  readonly parent: Hex;
}

/** Data of a `head` message, and of `head_v2` one level down. */
export interface HeadMessage {
  readonly slot: string;
  readonly block: Hex;
  readonly epoch_transition?: boolean;
  readonly execution_optimistic?: boolean;
}

/** Data of a `finalized_checkpoint` message. */
export interface FinalizedMessage {
  readonly block: Hex;
  readonly state: Hex;
  readonly epoch: string;
  readonly execution_optimistic?: boolean;
}

/** Data of a `block` message. */
export interface BlockMessage {
  readonly slot: string;
  readonly block: Hex;
  readonly execution_optimistic?: boolean;
}

/** Data of an `attestation` message; from Electra on it says which committees its bits are of. */
export interface AttestationMessage extends Attestation {
  readonly committee_bits?: Hex;
}

/** Data of a `single_attestation` message. */
export interface SingleAttestationMessage {
  readonly committee_index: string;
  readonly attester_index: string;
  readonly data: AttestationData;
  readonly signature: Hex;
}
