import type { EndpointLimits } from '@sluice/nestjs';
import type { HathorNetwork } from '../codec/networks.js';

/** Settings of the wallet socket. */
export interface HathorWalletOptions {
  /**
   * Version bytes of addresses, for the HTTP endpoints too. Default: those of the network that `network` names; needed
   * where it is not one that nodes know.
   */
  readonly addresses?: Pick<HathorNetwork, 'p2pkhVersion' | 'multisigVersion'>;
  /** Most addresses that one connection may subscribe; -1, the default: unlimited. Changeable: `HathorWalletLimits`. */
  readonly maxSubsAddrsConn?: number;
  /** Most of them that may be without any vertex; -1, the default: unlimited. Changeable: `HathorWalletLimits`. */
  readonly maxSubsAddrsEmpty?: number;
  /** Whether clients may stream histories; default true. Changeable: `HathorHistoryStreams`. */
  readonly historyStreaming?: boolean;
  /**
   * Limits of the socket. A node has none; here a message may have 8 MiB (`payloadBytes`). Everything else: as in
   * `SluiceModule`.
   */
  readonly limits?: EndpointLimits;
}
