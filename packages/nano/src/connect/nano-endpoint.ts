import type { InjectionToken, Provider } from '@nestjs/common';
import type { ChainGatewayOptions } from '@sluice/nestjs';
import type { NanoOptions } from '../nano.options.js';
import { nanoContract } from '../contract/nano-contract.js';
import { NANO_OPTIONS } from '../nano.tokens.js';
import { plainRequests } from './plain-requests.js';

/** Options of the endpoint that are known at run time only. */
export type NanoEndpoint = Partial<ChainGatewayOptions>;

/** Injects {@link NanoEndpoint}. */
export const NANO_ENDPOINT: InjectionToken<NanoEndpoint> = Symbol('NANO_ENDPOINT');

/** Where a node listens unless it is told otherwise (contract 2.1). */
const NODE = { port: 7078, address: '::1' } as const;

/** Largest message, inclusive (contract 2.3). */
const PAYLOAD_BYTES = 16 * 1024 * 1024;

/** A node puts any number of frames together; libraries cut long messages into frames of 4 KiB. */
const FRAGMENTS = 16_384;

export const nanoEndpoint: Provider<NanoEndpoint> = {
  provide: NANO_ENDPOINT,
  inject: [NANO_OPTIONS],
  useFactory: (options: NanoOptions): NanoEndpoint => {
    const {
      port = NODE.port,
      address = NODE.address,
      path,
      heartbeat = false,
      limits,
      tls,
    } = options;
    return {
      contract: nanoContract(options),
      ...(port !== 'application' && {
        port: port === 0 ? 'free' : port,
        address,
        http: plainRequests,
        ...(tls !== undefined && { tls }),
      }),
      ...(path !== undefined && { path }),
      heartbeat,
      limits: {
        payloadBytes: PAYLOAD_BYTES,
        fragments: FRAGMENTS,
        connectionsPerAddress: Infinity,
        ...limits,
      },
    };
  },
};
