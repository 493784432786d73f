import type { BackOffOptions } from '@sluice/relay';
import type { Clock, Metrics } from '@sluice/engine';

/** Options of a relay. */
export interface BeaconRelayOptions {
  /** HTTP APIs of beacon nodes in order of preference, such as `http://127.0.0.1:5052`. At least one. */
  readonly upstreams: readonly string[];
  /** Whether attestations are followed, too: thousands per slot on a large network. Default false. */
  readonly attestations?: boolean;
  /** Whether events are passed on that the node itself could not check to the end; default true. */
  readonly optimistic?: boolean;
  /** How long a head waits for the import of its block, milliseconds; default 2000. */
  readonly importHoldMs?: number;
  /**
   * How long the first head of an epoch waits for finalization, which goes first then, milliseconds; default 0, as clients
   * cope with either order. 250 is enough for a node nearby.
   */
  readonly finalizationHoldMs?: number;
  /** Time between attempts to fetch a block that the node has not stored yet, milliseconds; default 250. Five are made. */
  readonly blockRetryMs?: number;
  /** Most blocks that are imported after a gap, the newest ones; default 64. 0: none, the head moves alone. */
  readonly missedBlocks?: number;
  /** Waits between attempts to connect. Default: from 1 s to 30 s. */
  readonly backOff?: BackOffOptions;
  /** Default: that of `SluiceModule`. */
  readonly clock?: Clock;
  /** Where `sluice_relay_…{relay="lighthouse"}` is counted. Default: the registry of `SluiceModule`. */
  readonly metrics?: Metrics;
}

/** The defaults of {@link BeaconRelayOptions}. */
export const RELAY_DEFAULTS = {
  attestations: false,
  optimistic: true,
  importHoldMs: 2000,
  finalizationHoldMs: 0,
  blockRetryMs: 250,
  missedBlocks: 64,
} as const satisfies Partial<BeaconRelayOptions>;

/** Options that are filled in. */
export type RelaySettings = Required<Omit<BeaconRelayOptions, 'backOff' | 'upstreams' | 'metrics'>>;
