import type { ModuleMetadata, Type } from '@nestjs/common';
import type { LogRetention } from '@sluice/engine';
import type { EndpointLimits, HeartbeatOptions, ListenerTls } from '@sluice/nestjs';
import type { NanoWallets } from './wallets/nano-wallets.js';
import type { U64 } from './wire/index.js';

/**
 * What decides where the integration guide (`published`) and the node (`node`) differ: PROTOCOL.md, "Differences".
 */
export type NanoCompat = 'published' | 'node';

/** Options of confirmations that no node has (PROTOCOL.md, "Extensions"). Clients that do not ask for them see nothing. */
export interface NanoExtensions {
  /** Whether `minimum_amount` and `subtypes` count; default false. */
  readonly conditions?: boolean;
  /**
   * Whether confirmations are kept in the application's log, so that `since` and `window` count; default false. Needs
   * `SluiceModule` with a log.
   */
  readonly resume?: boolean;
  /** How many confirmations are kept for `since`; default: all of them. */
  readonly retention?: LogRetention;
}

/** Options of `NanoModule`; each has a default. */
export interface NanoOptions {
  /**
   * TCP port of a listener of its own; default 7078. `'free'` or 0: any free one; `'application'`: the application's own server,
   * where every upgrade to `path` is then taken.
   */
  readonly port?: number | 'free' | 'application';
  /** Address of that listener, IPv6 or IPv4; default `::1`, as a node. */
  readonly address?: string | readonly string[];
  /** TLS of that listener (`wss://`); a node has none. Default none. */
  readonly tls?: ListenerTls;
  /** The only path that is served; default: any path, as a node. */
  readonly path?: string;
  /** Default `published`. */
  readonly compat?: NanoCompat;
  /** Accounts that count as local, in any accepted form; default none. See also {@link NanoExtras.localWallets}. */
  readonly wallets?: readonly string[];
  /** How `vote` writes signatures: one decimal number as nodes up to V28, or 128 hex digits as later ones. Default `decimal`. */
  readonly voteSignature?: 'decimal' | 'hex';
  /** What multipliers of `work` are relative to; default `fffffff800000000`, the main network's. */
  readonly baseDifficulty?: U64;
  /**
   * Most accounts that one subscription may filter by, however many requests they came in; default 1 000 000. A client that asks
   * for more is disconnected with close code 1008; a node has no limit. An account costs some 200 bytes.
   */
  readonly maxFilterAccounts?: number;
  /** Default: nothing that a node does not have. */
  readonly extensions?: NanoExtensions;
  /** How dead connections are found; default `false`: a node never pings. */
  readonly heartbeat?: HeartbeatOptions | false;
  /**
   * Limits of the endpoint. A message may have 16 MiB (`payloadBytes`), as in a node, in 16 384 frames (`fragments`); all others
   * are `SluiceModule`'s, and a node has none of them.
   */
  readonly limits?: EndpointLimits;
}

/** Options of `NanoModule` that are needed before the others are known; given beside `useFactory` in `forRootAsync()`. */
export interface NanoExtras {
  /** Wallets that change while the application runs: a class the container makes, see `imports`. Default none. */
  readonly localWallets?: Type<NanoWallets>;
  /** Modules with what `localWallets` injects. Default none. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
}
