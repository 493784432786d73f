/** Messages about the node and its network (contract 6.3, 6.4, 6.6, 6.7, 6.8). */
import { isIPv4 } from 'node:net';
import type { UnconfirmedBlock } from '../events/block-events.js';
import type {
  BootstrapExited,
  BootstrapStarted,
  DifficultyChanged,
  TelemetryReceived,
} from '../events/node-events.js';
import type { Bytes32, BlockJson, BlockSubtype } from '../wire/index.js';
import {
  accountKey,
  blockToJson,
  encodeAccount,
  hex64,
  multiplierText,
  upperHex,
} from '../wire/index.js';
import { countText } from './wire-text.js';

/** A block's hash. */
export function hashText(hash: Bytes32): string {
  return upperHex(hash, 32, 'hash');
}

/** `message` of `active_difficulty`. */
export function difficultyMessage(difficulty: DifficultyChanged): Readonly<Record<string, string>> {
  const { networkMinimum, networkCurrent } = difficulty;
  return {
    network_minimum: hex64(networkMinimum, 'networkMinimum'),
    network_receive_minimum: hex64(difficulty.networkReceiveMinimum, 'networkReceiveMinimum'),
    network_current: hex64(networkCurrent, 'networkCurrent'),
    multiplier: multiplierText(networkCurrent, networkMinimum),
    network_receive_current: hex64(difficulty.networkReceiveCurrent, 'networkReceiveCurrent'),
  };
}

/** `message` of `new_unconfirmed_block`: the block itself. A node calls every legacy block a change here. */
export function unconfirmedMessage({
  block,
  subtype = 'change',
}: UnconfirmedBlock): BlockJson & { readonly subtype: BlockSubtype } {
  return { ...blockToJson(block), subtype };
}

/** `message` of `telemetry`. */
export function telemetryMessage(telemetry: TelemetryReceived): Readonly<Record<string, string>> {
  const { maker, extended, address } = telemetry;
  return {
    block_count: countText(telemetry.blockCount, 'blockCount'),
    cemented_count: countText(telemetry.cementedCount, 'cementedCount'),
    unchecked_count: countText(telemetry.uncheckedCount, 'uncheckedCount'),
    account_count: countText(telemetry.accountCount, 'accountCount'),
    bandwidth_cap: countText(telemetry.bandwidthCap, 'bandwidthCap'),
    peer_count: countText(telemetry.peerCount, 'peerCount'),
    protocol_version: countText(telemetry.protocolVersion, 'protocolVersion'),
    uptime: countText(telemetry.uptime, 'uptime'),
    genesis_block: upperHex(telemetry.genesisBlock, 32, 'genesisBlock'),
    major_version: countText(telemetry.majorVersion, 'majorVersion'),
    minor_version: countText(telemetry.minorVersion, 'minorVersion'),
    patch_version: countText(telemetry.patchVersion, 'patchVersion'),
    pre_release_version: countText(telemetry.preReleaseVersion, 'preReleaseVersion'),
    maker: typeof maker === 'string' ? maker : countText(maker, 'maker'),
    timestamp: countText(telemetry.timestamp, 'timestamp'),
    active_difficulty: hex64(telemetry.activeDifficulty, 'activeDifficulty'),
    ...(extended && {
      database_backend: extended.databaseBackend,
      confirmation_latency_ms_p50: countText(extended.confirmationLatency.p50, 'p50'),
      confirmation_latency_ms_p90: countText(extended.confirmationLatency.p90, 'p90'),
      confirmation_latency_ms_p99: countText(extended.confirmationLatency.p99, 'p99'),
      bootstrap_status: extended.bootstrapStatus,
    }),
    node_id: encodeAccount(accountKey(telemetry.nodeId, 'nodeId'), 'node'),
    signature: upperHex(telemetry.signature, 64, 'signature'),
    address: isIPv4(address) ? `::ffff:${address}` : address,
    port: countText(telemetry.port, 'port'),
  };
}

/** `message` of `bootstrap`. */
export function bootstrapMessage(
  attempt: BootstrapStarted | BootstrapExited,
): Readonly<Record<string, string>> {
  const { id, mode } = attempt;
  const ended = 'totalBlocks' in attempt ? attempt : undefined;
  return {
    reason: ended === undefined ? 'started' : 'exited',
    id: typeof id === 'string' ? id : upperHex(id, 16, 'id'),
    mode,
    ...(ended && {
      total_blocks: countText(ended.totalBlocks, 'totalBlocks'),
      duration: countText(ended.duration, 'duration'),
    }),
  };
}
