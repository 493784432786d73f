import type { ModuleMetadata, Type } from '@nestjs/common';
import type { EndpointLimits } from '@sluice/nestjs';
import type { HathorChain } from './chain/hathor-chain.js';
import type { EventQueueOptions } from './events/event-queue.options.js';
import type { HathorMiningOptions } from './mining/mining.options.js';
import type { HathorWalletOptions } from './wallet-socket/wallet-socket.options.js';

/** Settings of the event queue. */
export interface HathorEventOptions extends Omit<
  EventQueueOptions,
  'network' | 'metrics' | 'onError'
> {
  /** Whether the queue starts with the application; default true. Otherwise call `HathorEvents.start()`. */
  readonly autoStart?: boolean;
  /**
   * Limits of the event socket. A node has none; here a message may have 8 MiB (`payloadBytes`), and 64 MiB may wait for
   * one client (`outboundBytes`), because a request that is refused is sent back whole. Everything else: as in
   * `SluiceModule`.
   */
  readonly limits?: EndpointLimits;
}

/** Options of `HathorModule`. */
export interface HathorOptions {
  /** Name of the network in messages: `mainnet`, `testnet-india`, `privatenet`, … */
  readonly network: string;
  /** The event queue; each setting has a default. */
  readonly events?: HathorEventOptions;
  /** The wallet socket; each setting has a default. */
  readonly wallet?: HathorWalletOptions;
  /** The mining socket; each setting has a default. */
  readonly mining?: HathorMiningOptions;
}

/** Options of `HathorModule` that decide what is mounted; given beside `useFactory` in `forRootAsync()`. */
export interface HathorExtras {
  /** The application's chain: a class the container makes inside the module, see `imports`. Default: an empty chain. */
  readonly chain?: Type<HathorChain>;
  /** Modules with what `chain` injects. Default none. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  /** Whether the event socket and `GET /v1a/event` are mounted; default true. Without them no log is needed. */
  readonly eventQueue?: boolean;
  /** Whether the wallet socket is mounted; default: if `chain` extends `HathorWalletChain`, which it needs. */
  readonly walletSocket?: boolean;
  /** Whether the HTTP endpoints of a node are mounted; default: if `chain` extends `HathorNodeChain`, which they need. */
  readonly nodeApi?: boolean;
  /**
   * Whether the mining socket and its HTTP endpoints are mounted; default: if `chain` extends `HathorMiningChain`, which
   * they need.
   */
  readonly miningSocket?: boolean;
}
