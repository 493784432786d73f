import type { EndpointLimits, HeartbeatOptions, ListenerTls } from '@sluice/nestjs';
import type { Environment, WsserverSettings } from './wsserver.settings.js';

/** Options of `BigchaindbModule`. */
export interface BigchaindbOptions {
  /** Version of the node that the discovery documents name; default `2.2.2`. */
  readonly version?: string;
  /** As in a node's configuration file; the variables of `environment` come first. */
  readonly wsserver?: Partial<WsserverSettings>;
  /**
   * TLS of the streams' port; a node has none. The discovery documents then say `wss`, unless `advertised_scheme` is set.
   * Default none.
   */
  readonly tls?: ListenerTls;
  /** Where the variables `BIGCHAINDB_WSSERVER_…` are looked up; default `process.env`. */
  readonly environment?: Environment;
  /**
   * An extension: whether clients may filter by query parameters `asset_id`, `public_key` and `operation`. Default
   * false: the query is ignored, everybody gets everything.
   */
  readonly filters?: boolean;
  /**
   * Limits of the streams. Defaults: a node's 4 MiB `payloadBytes` in 16 384 `fragments`, and any number of connections from one address; everything
   * else as in `SluiceModule`, whose `connections` (10 000) count too. `outboundBytes` is what may wait for a client that does
   * not read.
   */
  readonly limits?: EndpointLimits;
  /** A node never pings; default false. */
  readonly heartbeat?: HeartbeatOptions | false;
}

/** What of the module is mounted. */
export interface BigchaindbExtras {
  /** Discovery documents at `/`, `/api/v1` and `/api/v1/` of the application; default true. */
  readonly discovery?: boolean;
  /** An extension: the block stream `/api/v1/streams/valid_blocks`; default false. */
  readonly blockStream?: boolean;
}
