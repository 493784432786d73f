import type { EndpointLimits } from '@sluice/nestjs';

/** Settings of the mining socket and its HTTP endpoints. */
export interface HathorMiningOptions {
  /** Most links in the merkle path of a merge-mined block; default 12. 20 once the network has activated that feature. */
  readonly maxMerklePathLinks?: number;
  /**
   * Limits of the socket. A node has none; here a message may have 8 MiB (`payloadBytes`). Everything else: as in
   * `SluiceModule`.
   */
  readonly limits?: EndpointLimits;
}
