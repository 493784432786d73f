import type { InjectionToken, Provider } from '@nestjs/common';
import type { ChainGatewayOptions } from '@sluice/nestjs';
import type { HathorOptions } from '../hathor.options.js';
import { HATHOR_OPTIONS } from '../hathor.tokens.js';

/** Options of the mining socket that are known at run time only. */
export type MiningEndpoint = Pick<ChainGatewayOptions, 'limits'>;

/** Injects {@link MiningEndpoint}. */
export const MINING_ENDPOINT: InjectionToken<MiningEndpoint> = Symbol('HATHOR_MINING_ENDPOINT');

/** A node takes messages of any size (rule T3); the largest block has 96 kB in hex. */
export const miningEndpoint: Provider<MiningEndpoint> = {
  provide: MINING_ENDPOINT,
  inject: [HATHOR_OPTIONS],
  useFactory: ({ mining }: HathorOptions): MiningEndpoint => ({
    limits: { payloadBytes: 8 * 1024 * 1024, ...mining?.limits },
  }),
};
