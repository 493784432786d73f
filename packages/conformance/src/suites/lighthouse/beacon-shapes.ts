/** The messages of contract 8 and the objects of contract 9, members in the order of the wire. */
import type { Compat } from '../../check.js';
import {
  anyText,
  boolean,
  integer,
  list,
  literal,
  object,
  text,
  type Members,
  type Shape,
} from '../../judging/shape.js';

/** How a server writes integers (contract 1): slots and epochs, and all others. */
interface NumberStyle {
  readonly time: Shape;
  readonly count: Shape;
}

const PLAIN = integer();
const QUOTED = text(/^(?:0|[1-9]\d{0,19})$/, 'a decimal integer as text');

const hex = (digits: number): Shape =>
  text(new RegExp(`^0x[0-9a-f]{${digits}}$`), `0x and ${digits} lower-case hex digits`);

/** A root or another 32 bytes. */
export const ROOT = hex(64);
const SIGNATURE = hex(192);
const PUBLIC_KEY = hex(96);
const BITS = text(/^0x(?:[0-9a-f]{2})*(?!00)[0-9a-f]{2}$/, 'SSZ bytes of a bit list as hex');

const ordered = (members: Members): Shape => object(members, { ordered: true });
const event = (name: string, data: Members): Shape =>
  ordered({ event: literal(name), data: ordered(data) });

/** Messages by event name. */
export type BeaconShapes = Readonly<Record<BeaconEvent, Shape>>;

/** Names of the events. */
export type BeaconEvent =
  | 'beacon_head_changed'
  | 'beacon_finalization'
  | 'beacon_block_imported'
  | 'beacon_block_rejected'
  | 'beacon_attestation_imported'
  | 'beacon_attestation_rejected';

/** Shapes by number style: those that the reading allows; without one, any. */
export function beaconShapes(compat: Compat | undefined): readonly BeaconShapes[] {
  const plain = shapesOf({ time: PLAIN, count: PLAIN });
  const quoted = shapesOf({ time: QUOTED, count: QUOTED });
  if (compat === 'published') return [plain];
  if (compat === 'node') return [quoted];
  return [plain, quoted, shapesOf({ time: PLAIN, count: QUOTED })];
}

function shapesOf(style: NumberStyle): BeaconShapes {
  const attestation = attestationOf(style);
  const block = blockOf(style);
  const root = ROOT;
  return {
    beacon_head_changed: event('beacon_head_changed', {
      reorg: boolean,
      current_head_beacon_block_root: root,
      previous_head_beacon_block_root: root,
    }),
    beacon_finalization: event('beacon_finalization', { epoch: style.time, root }),
    beacon_block_imported: event('beacon_block_imported', { block_root: root, block }),
    beacon_block_rejected: event('beacon_block_rejected', { reason: anyText, block }),
    beacon_attestation_imported: event('beacon_attestation_imported', { attestation }),
    beacon_attestation_rejected: event('beacon_attestation_rejected', {
      reason: anyText,
      attestation,
    }),
  };
}

function attestationDataOf({ time, count }: NumberStyle): Shape {
  const checkpoint = ordered({ epoch: time, root: ROOT });
  return ordered({
    slot: time,
    index: count,
    beacon_block_root: ROOT,
    source: checkpoint,
    target: checkpoint,
  });
}

function attestationOf(style: NumberStyle): Shape {
  const data = attestationDataOf(style);
  return ordered({ aggregation_bits: BITS, data, signature: SIGNATURE });
}

function blockOf(style: NumberStyle): Shape {
  const { time, count } = style;
  return signed({
    slot: time,
    proposer_index: count,
    parent_root: ROOT,
    state_root: ROOT,
    body: bodyOf(style),
  });
}

function bodyOf(style: NumberStyle): Shape {
  const { time, count } = style;
  const header = signed({
    slot: time,
    proposer_index: count,
    parent_root: ROOT,
    state_root: ROOT,
    body_root: ROOT,
  });
  const indexed = ordered({
    attesting_indices: list(count, { most: 2048 }),
    data: attestationDataOf(style),
    signature: SIGNATURE,
  });
  const deposit = ordered({
    pubkey: PUBLIC_KEY,
    withdrawal_credentials: ROOT,
    amount: count,
    signature: SIGNATURE,
  });
  return ordered({
    randao_reveal: SIGNATURE,
    eth1_data: ordered({ deposit_root: ROOT, deposit_count: count, block_hash: ROOT }),
    graffiti: ROOT,
    proposer_slashings: list(ordered({ signed_header_1: header, signed_header_2: header }), {
      most: 16,
    }),
    attester_slashings: list(ordered({ attestation_1: indexed, attestation_2: indexed }), {
      most: 2,
    }),
    attestations: list(attestationOf(style), { most: 128 }),
    deposits: list(ordered({ proof: list(ROOT, { least: 33, most: 33 }), data: deposit }), {
      most: 16,
    }),
    voluntary_exits: list(signed({ epoch: time, validator_index: count }), { most: 16 }),
  });
}

function signed(message: Members): Shape {
  return ordered({ message: ordered(message), signature: SIGNATURE });
}
