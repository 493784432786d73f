import type { ModuleMetadata, Type } from '@nestjs/common';
import type { EndpointLimits, ListenerTls } from '@sluice/nestjs';
import type { BasaltChain } from './node-api/basalt-chain.js';

/** What a node is (`BASALT_MODE`): in `rpc` it follows another one, otherwise it announces what the application publishes. */
export type BasaltMode = 'auto' | 'standalone' | 'validator' | 'rpc';

/** How RPC mode follows its source; defaults depend on `compat`. */
export interface BasaltFollowOptions {
  /**
   * `stream`: over the source's WebSocket, gaps over HTTP. `poll`: over HTTP, as the node does. Default `stream` with
   * `compat: 'published'`, `poll` with `node`.
   */
  readonly by?: 'stream' | 'poll';
  /**
   * Whether each block is announced, or only the last of those that came together. Default `every-block` with
   * `compat: 'published'`, `latest-only` with `node`.
   */
  readonly announce?: 'every-block' | 'latest-only';
  /** Blocks that are remembered to find gaps and branches, and to answer `GET /v1/blocks/…`; default 1000. */
  readonly window?: number;
  /** Polling: time between two looks at a source that has nothing new, milliseconds; default 2000, a block time. */
  readonly blockTimeMs?: number;
  /** Polling: least time between two looks, milliseconds; default 500. */
  readonly pauseMs?: number;
  /** Longest time for one HTTP answer, milliseconds; default 30 000. */
  readonly timeoutMs?: number;
  /**
   * Streams: longest time for the answer that brings a skipped block, milliseconds; default 2000, a block time. A source
   * that takes longer is not asked again in the same connection; all blocks of one gap take `timeoutMs` at most.
   */
  readonly gapMs?: number;
  /** First and longest wait between attempts, milliseconds; default 1000 and 30 000. */
  readonly retryMs?: readonly [first: number, most: number];
}

/** Options of `BasaltModule`. Each has a default; `basaltEnvironment(process.env)` reads those that a node reads. */
export interface BasaltOptions {
  /**
   * TCP port; default 5000. `'free'` takes any free one, `'application'` mounts the stream on the application's own
   * server, where CORS, the request budget and unknown paths below `/ws` are left to the application.
   */
  readonly port?: number | 'free' | 'application';
  /** IP addresses to listen on, or names (then all their addresses); default `localhost`. `'*'`: all there are. */
  readonly address?: string | readonly string[];
  /** TLS of that listener (`wss://`); a node has none. Default none. */
  readonly tls?: ListenerTls;
  /** Whose word counts where the published page and the node differ, see PROTOCOL.md. Default `published`. */
  readonly compat?: 'published' | 'node';
  /** Default `auto`, which here is the same as `standalone` and `validator`. */
  readonly mode?: BasaltMode;
  /** RPC mode: base URL of the node to follow, or several in order of preference, such as `http://validator-0:5000`. */
  readonly syncSource?: string | readonly string[];
  /** RPC mode: how the source is followed. */
  readonly follow?: BasaltFollowOptions;
  /** Id of the chain in `GET /v1/sync/status`; default 31337. */
  readonly chainId?: number;
  /** Opens CORS to every origin; refused on chain ids 1 and 2. Default false. */
  readonly debug?: boolean;
  /**
   * HTTP requests per client address and minute, upgrades included; more get an empty 429. `true`: what a node allows,
   * 100, and 1000 in RPC mode. Default none.
   */
  readonly requestBudget?: boolean | number;
  /**
   * Limits of the stream; those not set are as in `SluiceModule`. `connections` is 1000 by default, and the next client is
   * closed with 1008 right after its upgrade.
   */
  readonly limits?: EndpointLimits;
}

/** Options of `BasaltModule` that decide what is mounted; given beside `useFactory` in `forRootAsync()`. */
export interface BasaltExtras {
  /** The application's chain, see `imports`. Default none. Not asked in RPC mode: what is followed is the chain then. */
  readonly chain?: Type<BasaltChain>;
  /** Modules with what `chain` injects. Default none. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  /** Whether `GET /v1/sync/status` and `GET /v1/blocks/…` are mounted; default true. */
  readonly nodeApi?: boolean;
}
