/** The six messages (contract 8). */
import type { BeaconEvents, BlockImported } from '../objects/beacon-events.js';
import { blockRoot } from '../ssz/block-root.js';
import { beaconLayout, type BeaconLayout } from './beacon-layout.js';
import { object } from './composites.js';
import { boolean, text } from './primitives.js';
import type { WireProfile } from './wire-profile.js';
import { wireType, type WireType } from './wire-type.js';

/** Renders an event as the text of its message. */
export type BeaconWire = {
  readonly [K in keyof BeaconEvents]: (data: BeaconEvents[K]) => string;
};

/** One kind of message. */
export interface BeaconMessage {
  /** Member `event`. */
  readonly event: string;
  /** Member `data`. */
  readonly data: WireType;
}

/** The messages as data, and what their schemas refer to. */
export interface BeaconMessages {
  readonly messages: { readonly [K in keyof BeaconEvents]: BeaconMessage };
  readonly schemas: BeaconLayout['schemas'];
}

/**
 * The messages of one profile.
 *
 * Every function throws WireError, naming the member, if data has no form on the wire.
 */
export function beaconWire(profile: WireProfile): BeaconWire {
  const { messages } = beaconMessages(profile);
  const writers = Object.entries(messages).map(([name, { event, data }]) => [
    name,
    (value: unknown) => `{"event":"${event}","data":${data(value)}}`,
  ]);
  return Object.fromEntries(writers) as BeaconWire;
}

/** What {@link beaconWire} writes. */
export function beaconMessages(profile: WireProfile): BeaconMessages {
  const { block, attestation, time, root, schemas } = beaconLayout(profile);
  const imported = object([
    ['block_root', root],
    ['block', block],
  ]);
  const messages: BeaconMessages['messages'] = {
    'beacon.head-changed': {
      event: 'beacon_head_changed',
      data: object([
        ['reorg', boolean],
        ['current_head_beacon_block_root', root],
        ['previous_head_beacon_block_root', root],
      ]),
    },
    'beacon.finalization': {
      event: 'beacon_finalization',
      data: object([
        ['epoch', time],
        ['root', root],
      ]),
    },
    'beacon.block-imported': {
      event: 'beacon_block_imported',
      data: wireType(imported.schema, (data) => imported(withRoot(data))),
    },
    'beacon.block-rejected': {
      event: 'beacon_block_rejected',
      data: object([
        ['reason', text],
        ['block', block],
      ]),
    },
    'beacon.attestation-imported': {
      event: 'beacon_attestation_imported',
      data: object([['attestation', attestation]]),
    },
    'beacon.attestation-rejected': {
      event: 'beacon_attestation_rejected',
      data: object([
        ['reason', text],
        ['attestation', attestation],
      ]),
    },
  };
  return { messages, schemas };
}

function withRoot(data: unknown): unknown {
  const { block_root, block } = data as BlockImported;
  return { block_root: block_root ?? blockRoot(block.message), block };
}
