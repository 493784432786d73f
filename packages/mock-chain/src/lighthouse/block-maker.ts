/** Contents of blocks and attestations: real structure and sizes; signatures are bytes that nobody can verify. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type {
  Attestation,
  BeaconBlockBody,
  Checkpoint,
  Deposit,
  Eth1Data,
  Hex,
  ProposerSlashing,
  SignedBeaconBlock,
  SignedVoluntaryExit,
} from '@sluice/lighthouse';
import { SeededRandom } from '../random/seeded-random.js';

const DEPOSIT_PROOF_LENGTH = 33;
const GWEI_PER_VALIDATOR = 32_000_000_000;
const GRAFFITI = 'Sluice mock chain';

/** Where a block stands. */
export interface BlockPlace {
  readonly slot: number;
  readonly parentRoot: Hex;
  readonly parentStateRoot: Hex;
}

/** What an attestation votes for. */
export interface Vote {
  readonly slot: number;
  readonly index: number;
  readonly head: Hex;
  readonly source: Checkpoint;
  readonly target: Checkpoint;
}

/** How rich blocks are, and who makes them. */
export interface BlockMakerOptions {
  readonly seed: number;
  readonly validators: number;
  readonly committeeSize: number;
}

export class BlockMaker {
  private made = 0;

  constructor(private readonly options: BlockMakerOptions) {}

  /** @param operations whether the block has one of every operation beside attestations. */
  block(
    { slot, parentRoot, parentStateRoot }: BlockPlace,
    attestations: readonly Attestation[],
    operations: boolean,
  ): SignedBeaconBlock {
    const random = this.random('block');
    const proposer = random.below(this.options.validators);
    return {
      message: {
        slot,
        proposer_index: proposer,
        parent_root: parentRoot,
        state_root: digest(parentStateRoot, String(slot), String(this.made)),
        body: {
          randao_reveal: signature(random),
          eth1_data: this.eth1Data(slot),
          graffiti: `0x${bytesToHex(utf8ToBytes(GRAFFITI)).padEnd(64, '0')}`,
          attestations,
          ...(operations ? this.operations(random, slot, proposer) : NO_OPERATIONS),
        },
      },
      signature: signature(random),
    };
  }

  /** The aggregate of most of a committee. */
  attestation({ slot, index, head, source, target }: Vote): Attestation {
    const random = this.random('attestation');
    return {
      aggregation_bits: aggregationBits(random, this.options.committeeSize),
      data: { slot, index, beacon_block_root: head, source, target },
      signature: signature(random),
    };
  }

  /** A root that no block has. */
  unknownRoot(): Hex {
    return hex(this.random('root').bytes(32));
  }

  /** Every object has randomness of its own, by its number. */
  private random(what: string): SeededRandom {
    return new SeededRandom(this.options.seed, `lighthouse/${what}/${String(this.made++)}`);
  }

  private eth1Data(slot: number): Eth1Data {
    const period = Math.floor(slot / 2048);
    return {
      deposit_root: digest('deposits', String(this.options.seed), String(period)),
      deposit_count: this.options.validators + period,
      block_hash: digest('eth1', String(this.options.seed), String(period)),
    };
  }

  private operations(
    random: SeededRandom,
    slot: number,
    proposer: number,
  ): Omit<BeaconBlockBody, 'randao_reveal' | 'eth1_data' | 'graffiti' | 'attestations'> {
    return {
      proposer_slashings: [proposerSlashing(random, Math.max(0, slot - 1), proposer)],
      attester_slashings: [],
      deposits: [deposit(random)],
      voluntary_exits: [voluntaryExit(random, this.options.validators)],
    };
  }
}

const NO_OPERATIONS = {
  proposer_slashings: [],
  attester_slashings: [],
  deposits: [],
  voluntary_exits: [],
} as const;

/** A hash of texts. */
export function digest(...texts: readonly string[]): Hex {
  return hex(sha256(concatBytes(...texts.map((text) => sha256(utf8ToBytes(text))))));
}

/** A validator that leaves. */
function voluntaryExit(random: SeededRandom, validators: number): SignedVoluntaryExit {
  return {
    message: { epoch: random.below(8), validator_index: random.below(validators) },
    signature: signature(random),
  };
}

function proposerSlashing(random: SeededRandom, slot: number, proposer: number): ProposerSlashing {
  const header = (): ProposerSlashing['signed_header_1'] => ({
    message: {
      slot,
      proposer_index: proposer,
      parent_root: hex(random.bytes(32)),
      state_root: hex(random.bytes(32)),
      body_root: hex(random.bytes(32)),
    },
    signature: signature(random),
  });
  return { signed_header_1: header(), signed_header_2: header() };
}

function deposit(random: SeededRandom): Deposit {
  return {
    proof: Array.from({ length: DEPOSIT_PROOF_LENGTH }, () => hex(random.bytes(32))),
    data: {
      pubkey: compressedPoint(random, 48),
      withdrawal_credentials: `0x00${bytesToHex(random.bytes(31))}`,
      amount: GWEI_PER_VALIDATOR,
      signature: signature(random),
    },
  };
}

function signature(random: SeededRandom): Hex {
  return compressedPoint(random, 96);
}

/** Bytes whose first one marks a compressed point that is not infinity, as in every BLS key and signature. */
function compressedPoint(random: SeededRandom, length: number): Hex {
  const bytes = random.bytes(length);
  bytes[0] = 0x80 | ((bytes[0] ?? 0) & 0x1f);
  return hex(bytes);
}

/** A bit list: nine in ten members voted, and a 1 behind the last member marks the length. */
function aggregationBits(random: SeededRandom, members: number): Hex {
  const bytes = new Uint8Array(Math.floor(members / 8) + 1);
  for (let member = 0; member <= members; member++) {
    if (member < members && random.chance(0.1)) continue;
    bytes[member >> 3] = (bytes[member >> 3] ?? 0) | (1 << (member & 7));
  }
  return hex(bytes);
}

function hex(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`;
}
