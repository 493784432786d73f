import type { EndpointLimits, HeartbeatOptions, ListenerTls } from '@sluice/nestjs';
import type { BlockLayout, BodyMembers, NumberStyle } from './wire/wire-profile.js';

/** Options of `LighthouseModule`; each has a default. */
export interface LighthouseOptions {
  /**
   * Whose word counts where the published page and the last node with the socket (v1.0.3) differ: it decides the defaults
   * of `numbers` and `attestations`. Default `published`.
   */
  readonly compat?: 'published' | 'node';
  /** IPv4 address to listen on (`--ws-address`); default `127.0.0.1`. */
  readonly address?: string;
  /** TCP port (`--ws-port`); `'free'`: any free one. Default 5053. */
  readonly port?: number | 'free';
  /** TLS of that listener (`wss://`); a node has none. Default none. */
  readonly tls?: ListenerTls;
  /** How integers are written; default `plain`, with `compat: 'node'` `quoted`. */
  readonly numbers?: NumberStyle;
  /** How blocks are laid out; default `phase0`. `v0.9` goes with `numbers: 'plain'` only. */
  readonly blocks?: BlockLayout;
  /** What becomes of block members that phase 0 did not have; default `phase0`: they are left out. */
  readonly body?: BodyMembers;
  /** Where `BeaconChain.processed()` puts finalization: before the head event, or after it (v0.1.0, v0.1.1). Default `before-head`. */
  readonly finalization?: 'before-head' | 'after-head';
  /** Whether attestation events are sent; default true, with `compat: 'node'` false. */
  readonly attestations?: boolean;
  /**
   * Limits of this socket. Defaults: 100 `connections`, counted from the TCP accept, any number of them from one address, and
   * 64 MiB `outboundBytes`; everything else as in `SluiceModule`, whose `connections` count too.
   */
  readonly limits?: EndpointLimits;
  /** Pings to find dead connections; default `false`, as the node sends none. */
  readonly heartbeat?: HeartbeatOptions | false;
}
