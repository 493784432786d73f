/** The JSON of blocks as values of the SSZ library: bytes, bigints, and bits one by one. */
import type { Phase0BeaconBlock } from 'micro-eth-signer/ssz.js';
import type {
  Attestation,
  AttestationData,
  BeaconBlockBody,
  BeaconBlockHeader,
  Checkpoint,
  Hex,
  IndexedAttestation,
  SignedBeaconBlockHeader,
} from '../objects/beacon-objects.js';

type SszBlock = Parameters<typeof Phase0BeaconBlock.merkleRoot>[0];
type SszBody = SszBlock['body'];
type SszAttestation = SszBody['attestations'][number];
type SszHeader = SszBody['proposer_slashings'][number]['signed_header_1'];
type SszIndexedAttestation = SszBody['attester_slashings'][number]['attestation_1'];

/** @throws TypeError if the text is no hex. */
export function bytesOf(hex: Hex): Uint8Array {
  if (!/^0x(?:[0-9a-fA-F]{2})*$/.test(hex)) throw new TypeError(`${hex} is no hex`);
  return Uint8Array.from(Buffer.from(hex.slice(2), 'hex'));
}

/** Elements of a bit list: the highest 1 marks its length. */
function bitsOf(hex: Hex): boolean[] {
  const bits = [...bytesOf(hex)].flatMap((byte) =>
    Array.from({ length: 8 }, (_, index) => ((byte >> index) & 1) === 1),
  );
  return bits.slice(0, Math.max(0, bits.lastIndexOf(true)));
}

export function sszBody(body: BeaconBlockBody): SszBody {
  return {
    randao_reveal: bytesOf(body.randao_reveal),
    eth1_data: {
      deposit_root: bytesOf(body.eth1_data.deposit_root),
      deposit_count: BigInt(body.eth1_data.deposit_count),
      block_hash: bytesOf(body.eth1_data.block_hash),
    },
    graffiti: bytesOf(body.graffiti),
    proposer_slashings: body.proposer_slashings.map(({ signed_header_1, signed_header_2 }) => ({
      signed_header_1: signedHeader(signed_header_1),
      signed_header_2: signedHeader(signed_header_2),
    })),
    attester_slashings: body.attester_slashings.map(({ attestation_1, attestation_2 }) => ({
      attestation_1: indexedAttestation(attestation_1),
      attestation_2: indexedAttestation(attestation_2),
    })),
    attestations: body.attestations.map(attestation),
    deposits: body.deposits.map(({ proof, data }) => ({
      proof: proof.map(bytesOf),
      data: {
        pubkey: bytesOf(data.pubkey),
        withdrawal_credentials: bytesOf(data.withdrawal_credentials),
        amount: BigInt(data.amount),
        signature: bytesOf(data.signature),
      },
    })),
    voluntary_exits: body.voluntary_exits.map(({ message, signature }) => ({
      message: { epoch: BigInt(message.epoch), validator_index: BigInt(message.validator_index) },
      signature: bytesOf(signature),
    })),
  };
}

function attestation({ aggregation_bits, data, signature }: Attestation): SszAttestation {
  return {
    aggregation_bits: bitsOf(aggregation_bits),
    data: attestationData(data),
    signature: bytesOf(signature),
  };
}

function indexedAttestation(indexed: IndexedAttestation): SszIndexedAttestation {
  return {
    attesting_indices: indexed.attesting_indices.map(BigInt),
    data: attestationData(indexed.data),
    signature: bytesOf(indexed.signature),
  };
}

function attestationData(data: AttestationData): SszAttestation['data'] {
  return {
    slot: BigInt(data.slot),
    index: BigInt(data.index),
    beacon_block_root: bytesOf(data.beacon_block_root),
    source: checkpoint(data.source),
    target: checkpoint(data.target),
  };
}

function checkpoint({ epoch, root }: Checkpoint): SszAttestation['data']['source'] {
  return { epoch: BigInt(epoch), root: bytesOf(root) };
}

function signedHeader({ message, signature }: SignedBeaconBlockHeader): SszHeader {
  return { message: header(message), signature: bytesOf(signature) };
}

function header(message: BeaconBlockHeader): SszHeader['message'] {
  return {
    slot: BigInt(message.slot),
    proposer_index: BigInt(message.proposer_index),
    parent_root: bytesOf(message.parent_root),
    state_root: bytesOf(message.state_root),
    body_root: bytesOf(message.body_root),
  };
}
