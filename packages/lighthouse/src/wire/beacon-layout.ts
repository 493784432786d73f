/** The objects of the wire as data: their members, in order (contract 9). */
import type { JsonSchema } from '@sluice/engine';
import { list, object, type Member } from './composites.js';
import { bitList, bytes, quotedUint64, uint64 } from './primitives.js';
import type { WireProfile } from './wire-profile.js';
import { wireType, type WireType } from './wire-type.js';

const root = bytes(32);
const publicKey = bytes(48);
const signature = bytes(96);
const DEPOSIT_PROOF_LENGTH = 33;

/** Blocks and attestations of one profile. */
export interface BeaconLayout {
  readonly block: WireType;
  readonly attestation: WireType;
  /** Slots and epochs. */
  readonly time: WireType;
  readonly root: WireType;
  /** What the schemas of the others refer to, by name. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

export function beaconLayout({ numbers, blocks, body }: WireProfile): BeaconLayout {
  const time = numbers === 'quoted' ? quotedUint64 : uint64;
  const count = numbers === 'plain' ? uint64 : quotedUint64;

  const schemas: Record<string, JsonSchema> = {};
  const named = (name: string, type: WireType): WireType => {
    schemas[name] = type.schema;
    return wireType({ $ref: `#/components/schemas/${name}` }, type);
  };

  const checkpoint = object([
    ['epoch', time],
    ['root', root],
  ]);
  const attestationData = named(
    'AttestationData',
    object([
      ['slot', time],
      ['index', count],
      ['beacon_block_root', root],
      ['source', checkpoint],
      ['target', checkpoint],
    ]),
  );
  const attestation = named(
    'Attestation',
    object([
      ['aggregation_bits', bitList],
      ['data', attestationData],
      ['signature', signature],
    ]),
  );
  const indexedAttestation = named(
    'IndexedAttestation',
    object([
      ['attesting_indices', list(count)],
      ['data', attestationData],
      ['signature', signature],
    ]),
  );
  const attesterSlashing = object([
    ['attestation_1', indexedAttestation],
    ['attestation_2', indexedAttestation],
  ]);
  const deposit = object([
    ['proof', list(root, DEPOSIT_PROOF_LENGTH)],
    [
      'data',
      object([
        ['pubkey', publicKey],
        ['withdrawal_credentials', root],
        ['amount', count],
        ['signature', signature],
      ]),
    ],
  ]);
  const exit: readonly Member[] = [
    ['epoch', time],
    ['validator_index', count],
  ];
  const place = (last: Member): readonly Member[] => [
    ['slot', time],
    ...(blocks === 'phase0' ? [['proposer_index', count] as const] : []),
    ['parent_root', root],
    ['state_root', root],
    last,
  ];
  const signed = (members: readonly Member[]): WireType => object(SIGNED[blocks](members));
  const header = named('SignedBlockHeader', signed(place(['body_root', root])));
  const proposerSlashing = object(
    blocks === 'phase0'
      ? [
          ['signed_header_1', header],
          ['signed_header_2', header],
        ]
      : [
          ['proposer_index', count, ['signed_header_1', 'message', 'proposer_index']],
          ['header_1', header, ['signed_header_1']],
          ['header_2', header, ['signed_header_2']],
        ],
  );
  const blockBody = object(
    [
      ['randao_reveal', signature],
      [
        'eth1_data',
        object([
          ['deposit_root', root],
          ['deposit_count', count],
          ['block_hash', root],
        ]),
      ],
      ['graffiti', root],
      ['proposer_slashings', list(proposerSlashing)],
      ['attester_slashings', list(attesterSlashing)],
      ['attestations', list(attestation)],
      ['deposits', list(deposit)],
      ['voluntary_exits', list(signed(exit))],
    ],
    { keepsOthers: body === 'full' },
  );
  const block = named('SignedBlock', signed(place(['body', blockBody])));
  return { block, attestation, time, root, schemas };
}

/** Something signed: wrapped, or with the signature as its last member. */
const SIGNED: Readonly<
  Record<WireProfile['blocks'], (members: readonly Member[]) => readonly Member[]>
> = {
  phase0: (members) => [
    ['message', object(members)],
    ['signature', signature],
  ],
  'v0.9': (members) => [
    ...members.map(([name, type]): Member => [name, type, ['message', name]]),
    ['signature', signature],
  ],
};
