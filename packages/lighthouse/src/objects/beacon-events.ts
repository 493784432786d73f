import type { Attestation, Hex, SignedBeaconBlock, Uint64 } from './beacon-objects.js';

/** Fork choice chose another block than the present head. */
export interface HeadChanged {
  /** False exactly if the previous head is an ancestor of the new one. */
  readonly reorg: boolean;
  readonly current_head_beacon_block_root: Hex;
  readonly previous_head_beacon_block_root: Hex;
}

/** The head's finalized checkpoint has another epoch than before. */
export interface Finalization {
  /** The checkpoint's. */
  readonly epoch: Uint64;
  /** Block root of the checkpoint, not a state root. */
  readonly root: Hex;
}

/** A block was verified, stored and given to fork choice. */
export interface BlockImported {
  /** SSZ hash tree root of `block.message`; absent: it is computed, as for a block of phase 0. */
  readonly block_root?: Hex;
  readonly block: SignedBeaconBlock;
}

/** Full processing of a block failed. */
export interface BlockRejected {
  /** For people; starts with `Invalid block: ` or `Internal error: `. */
  readonly reason: string;
  readonly block: SignedBeaconBlock;
}

/** An attestation was applied to fork choice and the operation pool. */
export interface AttestationImported {
  readonly attestation: Attestation;
}

/** An attestation was not applied. */
export interface AttestationRejected {
  /** For people; starts with `Invalid attestation: ` or `Internal error: `. */
  readonly reason: string;
  readonly attestation: Attestation;
}

/** What an application publishes on the bus, by name: the `data` of the wire's events (contract 8). */
export interface BeaconEvents {
  'beacon.head-changed': HeadChanged;
  'beacon.finalization': Finalization;
  'beacon.block-imported': BlockImported;
  'beacon.block-rejected': BlockRejected;
  'beacon.attestation-imported': AttestationImported;
  'beacon.attestation-rejected': AttestationRejected;
}

declare module '@sluice/engine' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- declaration merging
  interface ChainEventMap extends BeaconEvents {}
}
