export { LighthouseModule } from './lighthouse.module.js';
export type { LighthouseExtras } from './lighthouse.module-definition.js';
export type { LighthouseOptions } from './lighthouse.options.js';
export type {
  AttestationImported,
  AttestationRejected,
  BeaconEvents,
  BlockImported,
  BlockRejected,
  Finalization,
  HeadChanged,
} from './objects/beacon-events.js';
export type {
  Attestation,
  AttestationData,
  AttesterSlashing,
  BeaconBlock,
  BeaconBlockBody,
  BeaconBlockHeader,
  Checkpoint,
  Deposit,
  Eth1Data,
  Hex,
  IndexedAttestation,
  ProposerSlashing,
  SignedBeaconBlock,
  SignedBeaconBlockHeader,
  SignedVoluntaryExit,
  Uint64,
} from './objects/beacon-objects.js';
export { blockRoot } from './ssz/block-root.js';
export { BeaconChain } from './stream/beacon-chain.service.js';
export type { Processed } from './stream/beacon-chain.service.js';
export { BeaconGateway } from './stream/beacon.gateway.js';
export { beaconWire } from './wire/beacon-wire.js';
export type { BeaconWire } from './wire/beacon-wire.js';
export type { BlockLayout, BodyMembers, NumberStyle, WireProfile } from './wire/wire-profile.js';
export { WireError } from './wire/wire-type.js';
export { WsFlagError, wsAddress, wsPort } from './ws-flags.js';
