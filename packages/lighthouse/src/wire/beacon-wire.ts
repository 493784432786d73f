/** The six messages (contract 8). */
import type { BeaconEvents, BlockImported } from '../objects/beacon-events.js';
import { blockRoot } from '../ssz/block-root.js';
import { beaconLayout } from './beacon-layout.js';
import { object } from './composites.js';
import { boolean, text } from './primitives.js';
import type { WireProfile } from './wire-profile.js';
import type { WireType } from './wire-type.js';

/** Renders an event as the text of its message. */
export type BeaconWire = {
  readonly [K in keyof BeaconEvents]: (data: BeaconEvents[K]) => string;
};

/**
 * The messages of one profile.
 *
 * Every function throws WireError, naming the member, if data has no form on the wire.
 */
export function beaconWire(profile: WireProfile): BeaconWire {
  const { block, attestation, time, root } = beaconLayout(profile);
  const imported = object([
    ['block_root', root],
    ['block', block],
  ]);
  return {
    'beacon.head-changed': message(
      'beacon_head_changed',
      object([
        ['reorg', boolean],
        ['current_head_beacon_block_root', root],
        ['previous_head_beacon_block_root', root],
      ]),
    ),
    'beacon.finalization': message(
      'beacon_finalization',
      object([
        ['epoch', time],
        ['root', root],
      ]),
    ),
    'beacon.block-imported': message('beacon_block_imported', (data) => imported(withRoot(data))),
    'beacon.block-rejected': message(
      'beacon_block_rejected',
      object([
        ['reason', text],
        ['block', block],
      ]),
    ),
    'beacon.attestation-imported': message(
      'beacon_attestation_imported',
      object([['attestation', attestation]]),
    ),
    'beacon.attestation-rejected': message(
      'beacon_attestation_rejected',
      object([
        ['reason', text],
        ['attestation', attestation],
      ]),
    ),
  };
}

function message(event: string, data: WireType): (value: unknown) => string {
  return (value) => `{"event":"${event}","data":${data(value)}}`;
}

function withRoot(data: unknown): unknown {
  const { block_root, block } = data as BlockImported;
  return { block_root: block_root ?? blockRoot(block.message), block };
}
