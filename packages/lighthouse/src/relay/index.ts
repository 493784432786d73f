export type {
  AttestationMessage,
  BlockMessage,
  FinalizedMessage,
  HeaderPlace,
  HeadMessage,
  HeadPlace,
  SingleAttestationMessage,
} from './beacon-api.js';
export { BeaconRelay } from './beacon-relay.js';
export type { RelayTarget } from './beacon-relay.js';
export { BeaconRelayModule, BeaconRelayService } from './beacon-relay.module.js';
export type { BeaconRelayOptions } from './beacon-relay.options.js';
export {
  attestationOf,
  finalizationOf,
  headMessageOf,
  isReorg,
  singleAttestationOf,
} from './translate.js';
