import type { InjectionToken, Provider } from '@nestjs/common';
import type { ChainGatewayOptions } from '@sluice/nestjs';
import type { HathorOptions } from '../hathor.options.js';
import { HATHOR_OPTIONS } from '../hathor.tokens.js';

const MIB = 1024 * 1024;

/** Options of the event socket that are known at run time only. */
export type EventEndpoint = Pick<ChainGatewayOptions, 'limits'>;

/** Injects {@link EventEndpoint}. */
export const EVENT_ENDPOINT: InjectionToken<EventEndpoint> = Symbol('HATHOR_EVENT_ENDPOINT');

/**
 * A node takes messages of any size (rule T3). Nobody sends large ones in earnest, so a bound costs nothing but protects
 * the process; it lets through what a fuzzer or a confused client may send. A refused request goes back whole, and each
 * byte of it can take six in JSON.
 */
export const eventEndpoint: Provider<EventEndpoint> = {
  provide: EVENT_ENDPOINT,
  inject: [HATHOR_OPTIONS],
  useFactory: ({ events }: HathorOptions): EventEndpoint => ({
    limits: { payloadBytes: 8 * MIB, outboundBytes: 64 * MIB, ...events?.limits },
  }),
};
