import type { Codec, FaultMapper } from '@sluice/engine';
import type { Violations } from '../connection/chain-web-socket.js';
import type { ChainGatewayOptions, CloseFrame } from '../options/chain-gateway.options.js';
import { DEFAULT_HEARTBEAT, type HeartbeatOptions } from '../options/heartbeat.options.js';
import { DEFAULT_LIMITS, type SluiceLimits } from '../options/limits.js';
import type { OriginRule } from '../options/origins.js';
import type { SluiceOptions } from '../options/sluice.options.js';
import { replyFaults } from '../faults/reply-faults.js';
import { ANY_TARGET, PathPattern } from '../upgrade/path-pattern.js';

/** A gateway's options with everything filled in. */
export interface EndpointSettings {
  /** What metrics, traces and logs call it. */
  readonly name: string;
  readonly patterns: readonly PathPattern[];
  readonly codec: Codec;
  readonly faults: FaultMapper;
  readonly port: number | 'free';
  readonly address: ChainGatewayOptions['address'];
  readonly http: ChainGatewayOptions['http'];
  readonly tls: ChainGatewayOptions['tls'];
  readonly origins: OriginRule | undefined;
  readonly heartbeat: Required<HeartbeatOptions> | undefined;
  /** `connections`, `upgradesPerSecond` and both of them per address are the endpoint's own. */
  readonly limits: Required<SluiceLimits>;
  readonly shutdown: CloseFrame;
  readonly closeReply: ChainGatewayOptions['closeReply'];
  readonly answersBeforeClose: boolean;
  readonly violations: Violations;
  readonly closeCodes: ChainGatewayOptions['closeCodes'];
  readonly discardsMessages: boolean;
  readonly atLimit: NonNullable<ChainGatewayOptions['atLimit']>;
  readonly badHandshake: string | undefined;
  readonly subprotocol: ChainGatewayOptions['subprotocol'];
  readonly compression: NonNullable<ChainGatewayOptions['compression']>;
}

/**
 * Fills a gateway's options in.
 *
 * @param globalPrefix the application's, such as `/api`, or an empty string.
 */
export function endpointSettings(
  gateway: ChainGatewayOptions,
  module: SluiceOptions,
  globalPrefix: string,
): EndpointSettings {
  const prefix = (gateway.globalPrefix ?? module.globalPrefix ?? false) ? globalPrefix : '';
  const matching = {
    leaf: gateway.leaf ?? false,
    caseSensitive: gateway.caseSensitive ?? true,
    trailingSlash: gateway.trailingSlash ?? true,
  };
  const paths = [gateway.path].flat();
  const patterns = paths.map(
    (path) => new PathPattern(path === ANY_TARGET ? path : prefix + path, matching),
  );
  const [first] = patterns;
  if (first === undefined) throw new TypeError('The gateway has no path');
  const heartbeat = gateway.heartbeat ?? module.heartbeat ?? {};
  return {
    name: gateway.name ?? first.path,
    patterns,
    codec: gateway.codec,
    faults: gateway.faults ?? replyFaults,
    port: gateway.port ?? 0,
    address: gateway.address,
    http: gateway.http,
    tls: gateway.tls,
    origins: gateway.origins ?? module.origins,
    heartbeat: heartbeat === false ? undefined : { ...DEFAULT_HEARTBEAT, ...heartbeat },
    limits: {
      ...DEFAULT_LIMITS,
      ...module.limits,
      connections: Infinity,
      connectionsPerAddress: Infinity,
      upgradesPerSecond: Infinity,
      upgradesPerSecondPerAddress: Infinity,
      ...gateway.limits,
    },
    shutdown: gateway.shutdown ?? { code: 1001 },
    closeReply: gateway.closeReply,
    answersBeforeClose: gateway.answersBeforeClose ?? false,
    violations: gateway.violations ?? 'close',
    closeCodes: gateway.closeCodes,
    discardsMessages: gateway.discardsMessages ?? false,
    atLimit: gateway.atLimit ?? 'refuse',
    badHandshake: gateway.badHandshake,
    subprotocol: gateway.subprotocol,
    compression: gateway.compression ?? false,
  };
}
