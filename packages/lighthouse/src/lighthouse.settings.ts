import {
  OptionsError,
  type EndpointLimits,
  type HeartbeatOptions,
  type ListenerTls,
} from '@sluice/nestjs';
import type { LighthouseOptions } from './lighthouse.options.js';
import type { WireProfile } from './wire/wire-profile.js';
import { WsFlagError, wsAddress, wsPort } from './ws-flags.js';

/** Options of `LighthouseModule`, checked and filled in. */
export interface LighthouseSettings extends WireProfile {
  readonly address: string;
  readonly port: number | 'free';
  readonly tls: ListenerTls | undefined;
  readonly finalization: 'before-head' | 'after-head';
  readonly attestations: boolean;
  readonly limits: EndpointLimits;
  readonly heartbeat: HeartbeatOptions | false;
}

const MIB = 1024 * 1024;

/** The node's limit, which asks nobody for an address, and room for a client that is slow for minutes. */
const LIMITS: EndpointLimits = {
  connections: 100,
  connectionsPerAddress: Infinity,
  outboundBytes: 64 * MIB,
};

/** @throws OptionsError with all faults. */
export function lighthouseSettings(options: LighthouseOptions): LighthouseSettings {
  const isNode = options.compat === 'node';
  const settings: LighthouseSettings = {
    address: options.address ?? '127.0.0.1',
    port: options.port ?? 5053,
    tls: options.tls,
    numbers: options.numbers ?? (isNode ? 'quoted' : 'plain'),
    blocks: options.blocks ?? 'phase0',
    body: options.body ?? 'phase0',
    finalization: options.finalization ?? 'before-head',
    attestations: options.attestations ?? !isNode,
    limits: { ...LIMITS, ...options.limits },
    heartbeat: options.heartbeat ?? false,
  };
  const faults = [
    ...faultOf('address', () => wsAddress(settings.address)),
    ...(settings.port === 'free' ? [] : faultOf('port', () => wsPort(String(settings.port)))),
    ...(settings.blocks === 'v0.9' && settings.numbers !== 'plain'
      ? ['numbers: blocks of v0.9 have plain numbers only']
      : []),
  ];
  if (faults.length > 0) throw new OptionsError('LighthouseModule', faults);
  return settings;
}

function faultOf(option: string, check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof WsFlagError) return [`${option}: ${error.message}`];
    throw error;
  }
}
