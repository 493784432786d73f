/** What a node tells about itself and its peers. */
import type { Account, Bytes32, Bytes64, U64 } from '../wire/index.js';
import type { Count } from './block-events.js';

/** Difficulty of the network (V19 to V21). The multiplier is worked out. */
export interface DifficultyChanged {
  readonly networkMinimum: U64;
  readonly networkReceiveMinimum: U64;
  readonly networkCurrent: U64;
  readonly networkReceiveCurrent: U64;
}

/** What work was asked for. */
export interface WorkRequest {
  /** The root: previous block, or public key of an account without blocks. */
  readonly hash: Bytes32;
  readonly difficulty: U64;
  /** Default `work_1`. */
  readonly version?: string;
}

/** Work that was found. */
export interface WorkResult {
  /** `local`, or `address:port` of the peer that found it. */
  readonly source: string;
  readonly work: U64;
  /** The difficulty it reaches. */
  readonly difficulty: U64;
}

interface WorkFacts {
  readonly request: WorkRequest;
  /** Milliseconds. */
  readonly duration: Count;
  /** `address:port` of peers that failed; default none. */
  readonly badPeers?: readonly string[];
  /** What both multipliers are relative to; default `baseDifficulty` of `NanoModule`. */
  readonly baseDifficulty?: U64;
}

/** A work request that ended. */
export type WorkGenerated = WorkFacts &
  (
    | { readonly outcome: 'success'; readonly result: WorkResult }
    | { readonly outcome: 'cancelled' | 'failure'; readonly result?: undefined }
  );

/** What another node tells about itself. */
export interface TelemetryReceived {
  readonly blockCount: Count;
  readonly cementedCount: Count;
  readonly uncheckedCount: Count;
  readonly accountCount: Count;
  /** Bytes per second; 0: none. */
  readonly bandwidthCap: Count;
  readonly peerCount: Count;
  readonly protocolVersion: Count;
  /** Seconds. */
  readonly uptime: Count;
  readonly genesisBlock: Bytes32;
  readonly majorVersion: Count;
  readonly minorVersion: Count;
  readonly patchVersion: Count;
  readonly preReleaseVersion: Count;
  /** A number, or text such as `nf_node` (after V28). */
  readonly maker: Count | string;
  /** Unix milliseconds. */
  readonly timestamp: Count;
  readonly activeDifficulty: U64;
  /** Sent with the prefix `node_`. */
  readonly nodeId: Account;
  readonly signature: Bytes64;
  /** IPv6 without brackets; IPv4 is sent in mapped form. */
  readonly address: string;
  readonly port: number;
  /** What nodes after V28 add; default: none of it is sent. */
  readonly extended?: ExtendedTelemetry;
}

/** Telemetry of nodes after V28. */
export interface ExtendedTelemetry {
  readonly databaseBackend: string;
  /** Milliseconds within which so many percent of blocks are confirmed. */
  readonly confirmationLatency: { readonly p50: Count; readonly p90: Count; readonly p99: Count };
  readonly bootstrapStatus: string;
}

/** How a bootstrap attempt works. */
export type BootstrapMode = 'legacy' | 'lazy' | 'wallet_lazy' | 'ascending' | 'unknown';

/** A bootstrap attempt began. */
export interface BootstrapStarted {
  /** 16 bytes, sent as hex, or the text that the operator chose. */
  readonly id: Uint8Array | string;
  readonly mode: BootstrapMode;
}

/** A bootstrap attempt ended. */
export interface BootstrapExited extends BootstrapStarted {
  readonly totalBlocks: Count;
  /** Whole **seconds**. */
  readonly duration: Count;
}
