/**
 * Blocks and attestations as an application hands them over: the members of the Beacon API's JSON, phase 0 (contract 9).
 * What `GET /eth/v2/beacon/blocks/…` answers as `data` fits as it is; members of later forks are allowed.
 */

/** An unsigned 64-bit integer. Above 2^53 - 1 a `bigint` or decimal digits: a number would have lost some of them. */
export type Uint64 = number | bigint | string;

/** `0x` and hex digits: a root of 32 bytes, a signature of 96, a public key of 48, or a bit list as its SSZ bytes. */
export type Hex = string;

export interface Checkpoint {
  readonly epoch: Uint64;
  readonly root: Hex;
}

export interface AttestationData {
  readonly slot: Uint64;
  readonly index: Uint64;
  readonly beacon_block_root: Hex;
  readonly source: Checkpoint;
  readonly target: Checkpoint;
}

export interface Attestation {
  readonly aggregation_bits: Hex;
  readonly data: AttestationData;
  readonly signature: Hex;
}

export interface Eth1Data {
  readonly deposit_root: Hex;
  readonly deposit_count: Uint64;
  readonly block_hash: Hex;
}

export interface BeaconBlockHeader {
  readonly slot: Uint64;
  readonly proposer_index: Uint64;
  readonly parent_root: Hex;
  readonly state_root: Hex;
  readonly body_root: Hex;
}

export interface SignedBeaconBlockHeader {
  readonly message: BeaconBlockHeader;
  readonly signature: Hex;
}

export interface ProposerSlashing {
  readonly signed_header_1: SignedBeaconBlockHeader;
  readonly signed_header_2: SignedBeaconBlockHeader;
}

export interface IndexedAttestation {
  readonly attesting_indices: readonly Uint64[];
  readonly data: AttestationData;
  readonly signature: Hex;
}

export interface AttesterSlashing {
  readonly attestation_1: IndexedAttestation;
  readonly attestation_2: IndexedAttestation;
}

export interface Deposit {
  /** 33 roots. */
  readonly proof: readonly Hex[];
  readonly data: {
    readonly pubkey: Hex;
    readonly withdrawal_credentials: Hex;
    /** Gwei. */
    readonly amount: Uint64;
    readonly signature: Hex;
  };
}

export interface SignedVoluntaryExit {
  readonly message: { readonly epoch: Uint64; readonly validator_index: Uint64 };
  readonly signature: Hex;
}

export interface BeaconBlockBody {
  readonly randao_reveal: Hex;
  readonly eth1_data: Eth1Data;
  readonly graffiti: Hex;
  readonly proposer_slashings: readonly ProposerSlashing[];
  readonly attester_slashings: readonly AttesterSlashing[];
  readonly attestations: readonly Attestation[];
  readonly deposits: readonly Deposit[];
  readonly voluntary_exits: readonly SignedVoluntaryExit[];
}

export interface BeaconBlock {
  readonly slot: Uint64;
  readonly proposer_index: Uint64;
  readonly parent_root: Hex;
  readonly state_root: Hex;
  readonly body: BeaconBlockBody;
}

export interface SignedBeaconBlock {
  readonly message: BeaconBlock;
  readonly signature: Hex;
}
